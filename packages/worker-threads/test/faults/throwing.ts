import type { FaultGroup } from "../../../../config/testing/fault-table.ts";

export const throwing: FaultGroup = {
  heading: "Throwing",
  rows: [
    [
      "an error at once, or later",
      "`failed`, with a copy of it: kind, message, code, stack, cause, fields",
      "endings",
      "throws later",
    ],
    ["a rejection that nobody handles", "`failed`, with it", "endings", "rejects"],
    ["a rejection while it loads", "`failed`, with it", "endings", "rejects while it loads"],
    [
      "`undefined`",
      "`failed`, with an `error` that is `undefined`",
      "endings",
      "throws undefined says so: there is an error, and it is undefined",
    ],
    ["`null`, a text, 0", "`failed`, with that", "endings", "throws null"],
    ["a function", "`failed`, with a text for it", "endings", "throws a function"],
    [
      "what cannot be cloned",
      "`failed`, with a text for it",
      "endings",
      "throws what cannot be cloned",
    ],
    [
      "an error with a function in a field",
      "`failed`; the other fields are kept",
      "endings",
      "throws an error with a function in it",
    ],
    [
      "a Proxy whose traps throw",
      "`failed`; the host lives",
      "endings",
      "throws a Proxy that traps",
    ],
    [
      "an error with a list of 5 000 links",
      "`failed`, cut at a depth of 8; the host lives",
      "endings",
      "throws a list too deep to be read",
    ],
    [
      "the same as a rejection",
      "`failed`, likewise",
      "endings",
      "rejects with a list too deep to be read",
    ],
    [
      "an error with a `WebAssembly.Module`",
      "`failed`; the host lives",
      "endings",
      "throws a module of WebAssembly in a field",
    ],
    [
      "an error that is its own cause",
      "`failed`, on Node 20 too, where it would hang",
      "endings",
      "throws an error that is its own cause",
    ],
    [
      "a chain of 5 000 causes",
      "`failed`, with the first of them",
      "endings",
      "throws a chain of 5000 causes",
    ],
    [
      "its own listener for errors throws",
      "`failed`, with what that threw",
      "endings",
      "throws in a listener of its own what is too deep",
    ],
    [
      "its own listener takes the error",
      "no error: the exit has the code that it sets",
      "endings",
      "handles its own error",
    ],
    [
      "two errors",
      "`failed`, with the first",
      "endings",
      "has two errors told of it fails with the first",
    ],
    [
      "it says something and throws at once",
      "what it said is heard first",
      "endings",
      "says something and throws at once is heard before its exit",
    ],
  ],
};
