import { describe, expect, it } from "vitest";
import {
  decisionFault,
  launch,
  noted,
  type RestartDecision,
  type RestartEvent,
  refuse,
} from "../src/index.js";
import { crash, restart } from "./traces.js";

const MAX = Number.MAX_SAFE_INTEGER;

describe("launch and refuse", () => {
  it("make plain answers", () => {
    expect(launch()).toStrictEqual({ type: "launch", delayMs: 0 });
    expect(launch(0.5)).toStrictEqual({ type: "launch", delayMs: 0.5 });
    expect(refuse("full", 5)).toStrictEqual({ type: "refuse", reason: "full", retryAfterMs: 5 });
    expect(refuse("full", null).retryAfterMs).toBeNull();
    expect(noted).toStrictEqual({ type: "noted" });
  });

  it("make -0 a 0", () => {
    expect(Object.is(launch(-0).delayMs, 0)).toBe(true);
  });
});

describe("decisionFault", () => {
  const facts: RestartEvent[] = [crash, { type: "healthy" }, { type: "reset" }];

  it.each(facts)("wants a fact noted: $type", (fact) => {
    expect(decisionFault(fact, noted)).toBeNull();
    for (const wrong of [launch(), refuse("x", 1), undefined, null, 5, {}]) {
      expect(decisionFault(fact, wrong as RestartDecision)).toBe(
        'a fact must be answered with "noted"',
      );
    }
  });

  it.each<[string, unknown]>([
    ["no delay", launch()],
    ["a fraction", launch(0.25)],
    ["the largest delay", launch(Number.MAX_VALUE)],
    ["never", refuse("x", null)],
    ["the shortest wait", refuse("x", 1)],
    ["the longest wait", refuse("x", MAX)],
    ["an empty reason", refuse("", 1)],
    ["more than asked for", { ...launch(), note: "y" }],
  ])("accepts a request answered with %s", (_, decision) => {
    expect(decisionFault(restart, decision as RestartDecision)).toBeNull();
  });

  const answered = 'a request must be answered with "launch" or "refuse"';
  const delay = "delayMs must be a finite number of at least 0, got ";
  const wait = "retryAfterMs must be null or a whole number of at least 1, got ";

  it.each<[unknown, string]>([
    [undefined, answered],
    [null, answered],
    ["launch", answered],
    [{}, answered],
    [noted, answered],
    [{ type: "launch" }, `${delay}undefined`],
    [{ type: "launch", delayMs: -1 }, `${delay}-1`],
    [{ type: "launch", delayMs: Number.NaN }, `${delay}NaN`],
    [{ type: "launch", delayMs: Number.POSITIVE_INFINITY }, `${delay}Infinity`],
    [{ type: "launch", delayMs: "5" }, `${delay}"5"`],
    [{ type: "launch", delayMs: Symbol("5") }, `${delay}Symbol(5)`],
    [{ type: "refuse", retryAfterMs: 1 }, "reason must be a string"],
    [{ type: "refuse", reason: 5, retryAfterMs: 1 }, "reason must be a string"],
    [{ type: "refuse", reason: "x" }, `${wait}undefined`],
    [refuse("x", 0), `${wait}0`],
    [refuse("x", 1.5), `${wait}1.5`],
    [refuse("x", MAX + 1), `${wait}9007199254740992`],
    [refuse("x", Number.NaN), `${wait}NaN`],
    [refuse("x", Number.POSITIVE_INFINITY), `${wait}Infinity`],
    [{ type: "refuse", reason: "x", retryAfterMs: 5n }, `${wait}5n`],
  ])("finds what is wrong with answer %#", (decision, fault) => {
    expect(decisionFault(restart, decision as RestartDecision)).toBe(fault);
  });
});
