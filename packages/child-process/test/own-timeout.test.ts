import { describe, expect, it } from "vitest";
import { explained, settledWith } from "../src/own-timeout.js";

const exit = { kind: "signalled", signal: "SIGTERM" } as const;
const unreadable = new Proxy({}, { get: () => expect.unreachable() });

describe("an exit that the promise of a library explains", () => {
  it.each([
    [{ timedOut: true, durationMs: 12.9 }, 12],
    [Object.assign(new Error("Command timed out"), { timedOut: true, durationMs: -1 }), 0],
  ])("is timed-out: %o", (settled, afterMs) => {
    expect(explained(exit, settled)).toStrictEqual({ kind: "timed-out", afterMs, ended: exit });
  });

  it.each([
    undefined,
    null,
    "timed out",
    {},
    { timedOut: false, durationMs: 5 },
    { timedOut: true },
    { timedOut: true, durationMs: "5" },
    { timedOut: true, durationMs: Number.NaN },
    unreadable,
  ])("stays as it is otherwise", (settled) => {
    expect(explained(exit, settled)).toBe(exit);
  });
});

it("a promise settles with what it was kept or broken with", async () => {
  expect(await settledWith(Promise.resolve(1))).toBe(1);
  expect(await settledWith(Promise.reject(2))).toBe(2);
});
