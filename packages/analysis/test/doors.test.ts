// What is no policy is refused by name at each of the four, with what was probably meant.

import { allOf, lifetimeCap, type RestartPolicy } from "@steadfast/policy";
import { docker } from "@steadfast/presets";
import { describe, expect, it } from "vitest";
import { diff, explain, lint, mostInWindow, simulate } from "../src/index.js";

const start = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
const remote = {
  name: "far",
  describe: { kind: "far", options: {}, timesMs: [] },
  ask: () => Promise.resolve({ type: "launch", delayMs: 0 }),
};

const doors: readonly (readonly [name: string, option: string, take: (given: never) => unknown])[] =
  [
    ["simulate", "policy", (given) => simulate(given, { uptimeMs: 1 })],
    ["lint", "policy", (given) => lint(given)],
    ["explain", "policy", (given) => explain(given as RestartPolicy, null, start, 0)],
    ["diff", "a", (given) => diff(given, allOf())],
    ["diff", "b", (given) => diff(allOf(), given)],
  ];

describe.each(doors)("%s: %s", (name, option, take) => {
  it.each([
    ["nothing", undefined, "got undefined"],
    ["null", null, "got null"],
    ["a list", [allOf()], "did you mean allOf(...list)?"],
    ["a factory", lifetimeCap, "did you mean to call it, lifetimeCap(...)?"],
    ["a promise", Promise.resolve(allOf()), "did you forget await?"],
    ["a remote policy", remote, "only supervise takes one"],
    ["an empty object", {}, "got {}"],
  ] as const)("%s", (_, given, hint) => {
    const door = () => take(given as never);
    expect(door).toThrow(`${name}: ${option} must be a restart policy`);
    expect(door).toThrow(hint);
  });

  it("a preset: where a policy belongs it says so, and diff takes it", () => {
    const door = () => take(docker() as never);
    if (name === "diff") expect(door).not.toThrow();
    else expect(door).toThrow("did you mean preset.policy?");
  });
});

const policy = lifetimeCap({ restarts: 1 });

describe.each([
  ["simulate", (rules: object) => simulate(policy, { uptimeMs: 1 }, rules)],
  ["lint", (rules: object) => lint(policy, rules)],
  ["diff", (rules: object) => diff({ policy, ...rules }, policy)],
] as const)("%s: rules", (name, take) => {
  it("with a name that nobody knows are refused, with the nearest one", () => {
    expect(() => take({ healtyAfterMs: 5 })).toThrow(
      `${name}: unknown option healtyAfterMs (did you mean healthyAfterMs?)`,
    );
  });

  it("of supervise, or a preset, are taken as they are", () => {
    expect(() => take({ id: "web", signal: undefined, gracePeriodMs: 5 })).not.toThrow();
    expect(() => take(docker())).not.toThrow();
  });
});

describe("mostInWindow", () => {
  it.each([
    ["a text", "x", 1, "instants must be ascending numbers"],
    ["instants that do not ascend", [2, 1], 1, "instants must be ascending numbers"],
    ["texts", ["1"], 1, "instants must be ascending numbers"],
    ["a window below 0", [1], -1, "windowMs must be a number of at least 0"],
    ["no window", [1], undefined, "windowMs must be a number of at least 0"],
  ])("refuses %s", (_, instants, windowMs, message) => {
    expect(() => mostInWindow(instants as never, windowMs as never)).toThrow(
      `mostInWindow: ${message}`,
    );
  });
});
