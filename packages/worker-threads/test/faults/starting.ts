import type { FaultGroup } from "../../../../config/testing/fault-table.ts";

export const starting: FaultGroup = {
  heading: "Starting",
  rows: [
    [
      "a module that is not there: a URL",
      "`spawn-failed`, with Node's error; the policy is asked",
      "endings",
      "a URL",
    ],
    ["a module that is not there: a path", "`spawn-failed`", "endings", "a path"],
    ["a folder instead of a module", "`spawn-failed`", "endings", "a folder"],
    [
      "the same behind a preload that changes the loader",
      "`spawn-failed`",
      "endings",
      "never was one, also where a preload changes the loader",
    ],
    [
      "a dependency that is not there",
      "`failed`: it ran",
      "endings",
      "is another matter than a dependency that is not there",
    ],
    [
      "a built-in module that is not there",
      "`failed`, `ERR_UNKNOWN_BUILTIN_MODULE`",
      "endings",
      "imports a built-in that is not there",
    ],
    ["a module that does not parse", "`failed`, `SyntaxError`", "endings", "does not parse"],
    [
      "a preload (`--require`) that fails",
      "`spawn-failed`: it never ran",
      "endings",
      "never was one: it never ran",
    ],
    [
      "a preload that exits, with any code",
      "`spawn-failed`",
      "endings",
      "never was one: its preload exits with code %i",
    ],
    [
      "somebody else terminates it before it runs",
      "`spawn-failed`, not `completed`",
      "endings",
      "never was one: somebody else terminates it",
    ],
    [
      "the system has no thread left",
      "`spawn-failed`, `ERR_WORKER_INIT_FAILED`",
      "endings",
      "is an exit if the system refuses: no more threads",
    ],
    [
      "data that cannot be cloned",
      "thrown by the launch: a mistake in the program",
      "endings",
      "data that cannot be cloned",
    ],
    ["flags that Node does not take", "thrown by the launch", "endings", "bad execArgv"],
    [
      "a factory returns no worker, or one of before",
      "thrown: `TypeError`; what is somebody's is left alone",
      "endings",
      "throws if a factory returns something else, or a worker that is not new",
    ],
    [
      "a factory returns a worker that runs already, or is over",
      "thrown: `TypeError`",
      "endings",
      "throws if a factory returns a worker that runs already, or is over",
    ],
    [
      "a factory only promises a worker",
      "thrown, and the worker is terminated when it comes",
      "endings",
      "ends a worker that a factory only promised",
    ],
  ],
};
