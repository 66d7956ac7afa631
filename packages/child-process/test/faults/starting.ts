import type { FaultGroup } from "./row.ts";

export const starting: FaultGroup = {
  heading: "Starting",
  rows: [
    [
      "no such program",
      "`spawn-failed`, ENOENT; never launched, ready or healthy; the policy is asked",
      "exits",
      "a process that never was is reported by its exit alone: not launched, ready or healthy",
    ],
    ["a file that may not be executed, or a folder", "`spawn-failed`, EACCES", "exits", "a folder"],
    ["an argument that is too long", "`spawn-failed`, E2BIG", "exits", "an argument too long"],
    [
      "an environment that is too large",
      "`spawn-failed`, E2BIG",
      "exits",
      "an environment too large",
    ],
    ["a working directory that is not there", "`spawn-failed`, ENOENT", "exits", "no such folder"],
    [
      "a fork whose `execPath` is not there",
      "`spawn-failed`, ENOENT",
      "exits",
      "a fork without a runtime",
    ],
    [
      "a fork whose module is not there",
      "`failed`, code 1: Node itself was started",
      "exits",
      "a program that is not there is no refusal of the runtime that was to run it",
    ],
    [
      "no file descriptors are left",
      "`spawn-failed`, EMFILE; the host lives",
      "host",
      "sees a refusal, a group and its memory when there are no file descriptors left",
    ],
    [
      "a shell does not find its command",
      "`failed`, code 127",
      "exits",
      "is a shell that did not find its command: code 127",
    ],
    [
      "a NUL in an argument",
      "thrown by `launch`: a programming error",
      "exits",
      "a NUL in an argument",
    ],
    ["a `uid` that is none", "thrown by `launch`", "exits", "a uid that is no whole number"],
    [
      "a file for output that cannot be opened",
      "`spawn-failed`",
      "outputs",
      "that cannot be opened is a refusal to start",
    ],
    [
      "an `envFile` that is not there",
      "`spawn-failed`, ENOENT",
      "input",
      "a file of variables that is not there is a refusal to start",
    ],
    [
      "a factory that returns what is no child",
      "what it has started is killed, then `PolicyOptionsError`",
      "host",
      "ends what a factory has started and what is refused then",
    ],
  ],
};
