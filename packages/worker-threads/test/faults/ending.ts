import type { FaultGroup } from "../../../../config/testing/fault-table.ts";

export const ending: FaultGroup = {
  heading: "Ending",
  rows: [
    ["`process.exit(3)`", "`failed`, code 3", "endings", "exits with code 3"],
    [
      "an `await` at the top that never ends",
      "`failed`, code 13",
      "endings",
      "waits for what never comes",
    ],
    [
      "it throws, and sets code 0",
      "`failed`: an error beats a code",
      "endings",
      "throws and sets code 0",
    ],
    [
      "it throws, and its `exit` listener exits with 0",
      "`failed`, with the error",
      "endings",
      "exits with 0 while it throws",
    ],
    [
      "it throws, and hangs in its `exit` listener",
      "the error is known; the hang is found by `heartbeatEveryMs`",
      "endings",
      "hangs in an `exit` listener after it threw has its error all the same",
    ],
    [
      "it reaches its memory limit",
      "`out-of-memory`, where V8 lets it: see [out of memory](#out-of-memory)",
      "endings",
      "reaches its memory limit is out of memory",
    ],
    [
      "it collects big arrays under a memory limit",
      "by the line of Node: `out-of-memory`, or **the host is ended**",
      "hosts",
      "is out of memory, or ends the host, as the README says",
    ],
    [
      "somebody else terminates it while it runs",
      "`failed`, code 1",
      "endings",
      "ends a worker of which somebody else has the handle",
    ],
    ["it closes its port", "`completed`", "endings", "closes its port"],
    [
      "all of these, one after the other",
      "one exit each, no stray error, and the host ends by itself",
      "hosts",
      "sees one exit for every ending, no stray error, and its own end",
    ],
    [
      "the host has flags of V8 and of its own",
      "workers start, and their errors do not end it",
      "hosts",
      "with flags of V8 and of its own has workers whose errors do not end it",
    ],
    [
      "it writes more than a tail holds",
      "the newest lines, each cut",
      "talking",
      "is bounded by line and by length, whatever it wrote",
    ],
    [
      "`redact` throws",
      "the line is withheld",
      "talking",
      "is redacted, and withheld where that fails",
    ],
  ],
};
