// Every combinator of the repository through the public kit, on the kit's members and on our own.

import { backoff } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import {
  checkAllOf,
  checkCoarse,
  checkGiveUp,
  checkInTurn,
  checkKeyed,
  checkWaitOut,
  checkWhen,
} from "@steadfast/laws";
import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  keyed,
  restartOn,
  stopWhen,
  waitOut,
  when,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, it } from "vitest";

const members = [
  slidingWindow({ limit: 2, windowMs: 60 }),
  slidingWindow({ limit: 3, windowMs: 35, edge: "closed" }),
  backoff({ initialMs: 10, capMs: 40, jitter: "equal" }),
  crashBudget({ retries: 1, windowMs: 50, retryDelayMs: 5 }),
  restartOn("transient"),
  stopWhen((exit) => exit.kind === "out-of-memory"),
];

describe.each([
  ["the kit's", {}],
  ["our own", { members }],
])("composed of %s members", (_, options) => {
  it("allOf", () => void checkAllOf(allOf, options));
  it("inTurn", () => void checkInTurn(inTurn, options));
  it("giveUp", () => void checkGiveUp(giveUp, options));
  it("coarse", () => void checkCoarse(coarse, options));
  it("waitOut", () => void checkWaitOut(waitOut, options));
  it("when", () => void checkWhen(when, options));
  it("keyed", () => void checkKeyed(keyed, options));
});
