import type { FaultGroup } from "./row.ts";

export const stopping: FaultGroup = {
  heading: "Stopping, and what is left behind",
  rows: [
    [
      "it ignores SIGTERM",
      "SIGKILL when the grace period is over",
      "groups",
      "is ended by kill, and both are harmless afterwards",
    ],
    [
      "it is asked twice",
      "it hears one signal",
      "groups",
      "hears one signal, however often it is asked",
    ],
    [
      "it is stopped (SIGSTOP) when it is asked",
      "SIGCONT follows: it goes on, and hears",
      "exits",
      "is asked to stop also while it is stopped by SIGSTOP: killScope %s",
    ],
    [
      "a pipeline's shell ends at once, its server drains",
      "the grace period is the whole group's",
      "groups",
      "a pipeline",
    ],
    ["`npm start` ends at once, its server drains", "likewise", "groups", "npm start"],
    [
      "a primary ends and leaves its workers to it",
      "likewise",
      "groups",
      "a primary that leaves its workers to it",
    ],
    [
      "a child that is asked by a message obeys, its workers were not asked",
      "they are: the stop signal; the grace period is theirs, too",
      "groups",
      "asks the rest of the group, too, where the child alone could hear",
    ],
    [
      "a crash leaves a grandchild with the port",
      "it is ended before the exit is reported, which says so (`rest`)",
      "groups",
      "is gone when a crash is over, and the exit says that it was killed (%s)",
    ],
    [
      "seeing out what a crash has left takes time",
      "it is part of the delay before the next launch",
      "groups",
      "is seen out within the delay",
    ],
    [
      '`killScope: "process"`, and a grandchild lives on',
      "the exit does not wait for it",
      "groups",
      "lives on where only the process was meant, and does not keep the exit waiting",
    ],
    [
      "a grandchild in a session of its own holds a pipe",
      "the exit does not wait for the pipe; the grandchild lives on",
      "groups",
      "lives on in a session of its own, holding the pipe, after %s",
    ],
    [
      "a grandchild has left the group when the child is stopped",
      "the exit names it (`escaped`); it lives on. Linux",
      "escapees",
      "is in its exit after a %s, and let be",
    ],
    [
      "a command makes a daemon of itself, or crashes after one of its children left",
      "`onFault` hears of it, and once a warning of Node's, `STEADFAST_ESCAPED`",
      "escapees",
      "of a child that nobody asked to end is a fault, and once in a host a warning",
    ],
    [
      "what is left behind writes on",
      "it is read, and does not die of SIGPIPE while the host lives",
      "outputs",
      "lives on, and may go on to write: %s",
    ],
    [
      "a shell is killed, and what it has started",
      "both are gone",
      "groups",
      "leads a group, so that its command ends with it",
    ],
    [
      "a factory's child shares the host's group",
      "it is signalled alone, and `onFault` hears of it",
      "groups",
      "is signalled alone where it shares a group, whatever is said",
    ],
    [
      "a child that cannot be ended",
      "`abandoned`; it does not hold the host",
      "host",
      "is not held by children that were abandoned",
    ],
    [
      "`taskkill` is not there",
      "`onFault` hears of it, and the process alone is ended",
      "exits",
      "is reported, and the process alone is ended",
    ],
  ],
};
