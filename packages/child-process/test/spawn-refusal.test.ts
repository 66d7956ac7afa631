import { describe, expect, it } from "vitest";
import { isSpawnRefusal } from "../src/spawn-refusal.js";

const system = (code: string, errno: number, syscall = "spawn") =>
  Object.assign(new Error(`${syscall} ${code}`), { code, errno, syscall });

const table: readonly [why: string, thrown: unknown, refusal: boolean][] = [
  ["arguments too long", system("E2BIG", -7), true],
  ["no memory", system("ENOMEM", -12), true],
  ["a factory without its log file", system("ENOENT", -2, "open"), true],
  [
    "a NUL in the command",
    Object.assign(new TypeError(), { code: "ERR_INVALID_ARG_VALUE" }),
    false,
  ],
  ["a wrong type", Object.assign(new TypeError(), { code: "ERR_INVALID_ARG_TYPE" }), false],
  ["an error of the user's", new Error("boom"), false],
  ["an errno without a call", Object.assign(new Error(), { errno: -2 }), false],
  ["a call without an errno", Object.assign(new Error(), { syscall: "spawn" }), false],
  ["an errno that is a word", Object.assign(new Error(), { errno: "E", syscall: "spawn" }), false],
  ["something like an error", { errno: -7, syscall: "spawn" }, false],
  ["undefined", undefined, false],
  ["null", null, false],
  ["a string", "E2BIG", false],
];

describe("isSpawnRefusal", () => {
  it.each(table)("%s", (_why, thrown, refusal) => {
    expect(isSpawnRefusal(thrown)).toBe(refusal);
  });
});
