import { describe, expect, it } from "vitest";
import { drain } from "../src/drain.js";

/** Turns until `done`; the source receives one piece in each turn of `busy`. */
function turnsUntilDone(busy: (turn: number) => boolean): number {
  let turn = 0;
  let received = 0;
  let dones = 0;
  let next: (() => void) | undefined;
  drain(
    () => received,
    (look) => {
      next = look;
    },
    () => {
      dones += 1;
    },
  );
  expect(dones).toBe(0);
  while (next) {
    const look = next;
    next = undefined;
    turn += 1;
    if (busy(turn)) received += 1;
    look();
  }
  expect(dones).toBe(1);
  return turn;
}

describe("drain", () => {
  it("does not wait for a pipe that brings nothing", () => {
    expect(turnsUntilDone(() => false)).toBe(2);
  });

  it("is done after the second quiet turn in a row", () => {
    expect(turnsUntilDone((turn) => turn <= 5)).toBe(7);
  });

  it("goes on after one quiet turn", () => {
    expect(turnsUntilDone((turn) => turn % 2 === 0 && turn <= 10)).toBe(12);
  });

  it("cuts off a stranger who keeps writing", () => {
    expect(turnsUntilDone(() => true)).toBe(64);
  });
});
