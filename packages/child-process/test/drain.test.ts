import { describe, expect, it } from "vitest";
import { drain } from "../src/drain.js";

/** Turns until it is done; the source receives one piece in each turn of `busy`. */
async function turnsUntilDone(busy: (turn: number) => boolean): Promise<number> {
  let turns = 0;
  let received = 0;
  await drain(
    () => received,
    async () => {
      turns += 1;
      if (busy(turns)) received += 1;
    },
  );
  return turns;
}

describe("drain", () => {
  it("does not wait for a pipe that brings nothing", async () => {
    expect(await turnsUntilDone(() => false)).toBe(2);
  });

  it("is done after the second quiet turn in a row", async () => {
    expect(await turnsUntilDone((turn) => turn <= 5)).toBe(7);
  });

  it("goes on after one quiet turn", async () => {
    expect(await turnsUntilDone((turn) => turn % 2 === 0 && turn <= 10)).toBe(12);
  });

  it("cuts off a stranger who keeps writing", async () => {
    expect(await turnsUntilDone(() => true)).toBe(64);
  });
});
