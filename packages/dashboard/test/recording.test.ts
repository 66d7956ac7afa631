// The last decisions: as many as asked for, oldest first, with little of the output.

import { launch, noted } from "@steadfast/policy";
import { expect, it } from "vitest";
import { type KeptRecording, recording } from "../src/recording.js";

const asked = (at: number, id = "a") =>
  ({
    id,
    at,
    wall: at,
    event: { type: "launch", cause: "restart", draw: 0, wall: at },
    decision: launch(at),
  }) as const;

it.each([1, 2, 3, 7])("keeps the last of them, in order, where %i are kept", (most) => {
  const seen = recording({ most }) as KeptRecording;
  for (let at = 1; at <= 5; at++) {
    seen.journal(asked(at), { at });
    const kept = Math.min(at, most);
    expect([seen.size, seen.dropped]).toEqual([kept, at - kept]);
    expect(seen.all().map(({ entry }) => entry.at)).toEqual(
      Array.from({ length: kept }, (_, i) => at - kept + 1 + i),
    );
  }
});

it("knows the last request about each child, and forgets the oldest of too many", () => {
  const seen = recording({ most: 2 }) as KeptRecording;
  seen.journal(asked(1, "a"), 1);
  seen.journal(asked(2, "b"), 2);
  seen.journal(asked(3, "a"), 3);
  expect(seen.lastOf("a")?.before).toBe(3);
  seen.journal({ ...asked(4, "b"), by: "operator" }, null);
  expect(seen.lastOf("b")?.before).toBe(2);
  seen.journal(asked(5, "c"), 5);
  expect([seen.lastOf("a")?.before, seen.lastOf("b"), seen.lastOf("c")?.before]).toEqual([
    3,
    null,
    5,
  ]);
});

it("keeps three lines of output, cut, and no stack", () => {
  const seen = recording() as KeptRecording;
  const stderrTail = ["1", "2", "3", "x".repeat(1_000)];
  const error = { name: "Error", message: "boom", stack: "secret" };
  const exit = { kind: "failed", code: 1, error, stderrTail } as const;
  seen.journal(
    {
      id: "a",
      at: 1,
      wall: 1,
      event: { type: "exited", exit, failed: true, uptimeMs: 1 },
      decision: noted,
    } as never,
    null,
  );
  const [kept] = seen.all();
  expect(kept?.entry.event).toMatchObject({
    exit: {
      kind: "failed",
      code: 1,
      error: { name: "Error", message: "boom" },
      stderrTail: ["2", "3", "x".repeat(200)],
    },
  });
  expect(JSON.stringify(kept)).not.toContain("secret");
});

it("refuses bad options by name", () => {
  expect(() => recording({ most: 0 })).toThrow(/most must be a whole number from 1/);
  expect(() => recording({ msot: 1 } as never)).toThrow(/most/);
});
