import type { FaultGroup } from "./row.ts";

export const ending: FaultGroup = {
  heading: "Ending",
  rows: [
    [
      "an uncaught error of the child",
      "`failed`, its code and its last lines of stderr",
      "output",
      "holds the error that ended the process",
    ],
    ["a code that is not 0", "`failed`, that code", "faults", "a code that is not 0"],
    ["code 255, the largest", "`failed`, 255", "faults", "the largest code"],
    [
      "code 143, as a shell says SIGTERM",
      "`failed`, 143: only a signal is `signalled`",
      "faults",
      "a code that stands for a signal",
    ],
    [
      "killed by somebody else (SIGKILL, the kernel's out-of-memory killer)",
      "`signalled`, SIGKILL",
      "exits",
      "is signalled when somebody else kills it",
    ],
    [
      "a crash in native code (SIGSEGV)",
      "`signalled`, SIGSEGV",
      "faults",
      "a crash in native code",
    ],
    ["`process.abort()`", "`signalled`, SIGABRT", "exits", "is signalled when it aborts"],
    [
      "a heap that is full",
      "`signalled`, SIGABRT, and V8's words in the tail",
      "faults",
      "a heap that is full",
    ],
    [
      "a real-time signal",
      "`completed`, code 0: Node itself says so, and nobody can tell",
      "faults",
      "a real-time signal",
    ],
    [
      "a thousand crashes in a row",
      "no descriptor, timer, listener, zombie or group is left",
      "many",
      "of 1 000 attempts that crash",
    ],
    [
      "half of 200 children are killed, twenty times",
      "each end is one exit and one launch; nothing is left",
      "many",
      "of 200 children, half of them killed at random, 20 times",
    ],
    [
      "it ends before it was ready",
      "its exit; no `ready`",
      "exits",
      "may end before it was ready, and says nothing then",
    ],
    [
      "it was over before a factory returned it",
      "its exit, with the code that it had",
      "faults",
      "a child that has ended before it was returned",
    ],
    [
      "it ends with a full pipe",
      "what it had written is read to the end",
      "output",
      "is complete although the process is killed right after it was written",
    ],
  ],
};
