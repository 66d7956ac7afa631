// What may be thrown, rejected with or handed over by somebody who means ill or is merely unlucky.

import { revoked, trap, unreadable } from "../../../config/testing/strange-values.ts";

export const THROWN: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a string", "boom"],
  ["an empty string", ""],
  ["0", 0],
  ["NaN", Number.NaN],
  ["a bigint", 1n],
  ["a symbol", Symbol("boom")],
  ["a function", () => {}],
  ["an error", new Error("boom")],
  ["a frozen error", Object.freeze(new Error("frozen"))],
  ["an error with a cause", new Error("outer", { cause: new Error("inner") })],
  ["a frozen object", Object.freeze({ code: "E" })],
  ["an object without a prototype", Object.create(null)],
  ["a Proxy that traps everything", trap()],
  ["a revoked Proxy", revoked()],
  ["an unreadable error", unreadable()],
  ["an error with a huge message", new Error("x".repeat(1_000_000))],
];
