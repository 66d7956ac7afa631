// What a policy may answer to a step, and that no promise in its place is unhandled.

import { describe, expect, it } from "vitest";
import { trap } from "../../../config/testing/strange-values.ts";
import { ignoreRejection, launch, noted, stepFault } from "../src/index.js";
import { restart } from "./traces.js";

const rejects = () => Promise.reject(new Error("boom"));
const NO_PAIR = "step must answer [state, decision]";
const PROMISE = "a state must be plain JSON, got a promise";

describe("stepFault", () => {
  it.each([
    ["a pair", [0, launch()], null],
    ["a state of null", [null, launch()], null],
    ["nothing", undefined, NO_PAIR],
    ["a decision alone", launch(), NO_PAIR],
    ["an empty list", [], 'a request must be answered with "launch" or "refuse"'],
    ["the wrong decision", [0, noted], 'a request must be answered with "launch" or "refuse"'],
    ["a state with a `then` that is no function", [JSON.parse('{"then":5}'), launch()], null],
  ])("of %s", (_, step, fault) => {
    expect(stepFault(restart, step)).toBe(fault);
  });

  it("hears a promise wherever it stands: none is unhandled", async () => {
    expect(stepFault(restart, rejects())).toBe(NO_PAIR);
    expect(stepFault(restart, [0, rejects()])).toContain("a request must be answered");
    expect(stepFault(restart, [rejects(), launch()])).toBe(PROMISE);
    expect(stepFault({ type: "reset" }, [rejects(), noted])).toBe(PROMISE);
    await new Promise(setImmediate); // an unhandled rejection would be red
  });
});

it("ignoreRejection lets everything else be", () => {
  for (const one of [undefined, null, 5, "x", {}, JSON.parse('{"then":5}'), trap()])
    ignoreRejection(one);
});
