// A policy that breaks its contract ends the supervision as failed, with the policy blamed, and
// nothing left behind; what it decided before stands.

import {
  allOf,
  launch,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { isContractError, type SupervisorHandle } from "../src/index.js";
import { type Stage, stage } from "./stage.js";
import { expectNothingLeft } from "./states.js";

type Type = RestartEvent["type"];

/** Answers well until the first event of that type, which gets this. */
function breaking(type: Type, step: () => unknown, cause = "restart"): RestartPolicy<number> {
  return {
    name: "breaking",
    describe: { kind: "breaking", options: {}, timesMs: [] },
    initial: () => 0,
    parse: () => 0,
    step(state, event) {
      const meant = event.type === type && (event.type !== "launch" || event.cause === cause);
      if (meant) return step() as [number, RestartDecision];
      if (event.type !== "launch") return [state + 1, noted];
      return [state + 1, launch(event.cause === "start" ? 0 : 10)];
    },
  };
}

/** Lets every type of event happen: ready, healthy, a reset, an exit, a request. */
async function live({ system, handle }: { system: Stage["system"]; handle: SupervisorHandle }) {
  await system.advance(50);
  handle.reset();
  await system.advance(100);
}

const TYPES: readonly Type[] = ["exited", "healthy", "reset", "launch"];

const GARBAGE: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["a bare decision", { type: "noted" }],
  ["a pair without a decision", [0]],
  ["a decision of null", [0, null]],
  ["a decision of another kind", [0, { type: "perhaps" }]],
];

const BAD_ANSWERS: readonly (readonly [string, unknown])[] = [
  ["a delay of NaN", { type: "launch", delayMs: Number.NaN }],
  ["a negative delay", { type: "launch", delayMs: -1 }],
  ["an infinite delay", { type: "launch", delayMs: Number.POSITIVE_INFINITY }],
  ["no delay", { type: "launch" }],
  ["a delay that is text", { type: "launch", delayMs: "5" }],
  ["a refusal until now", { type: "refuse", reason: "x", retryAfterMs: 0 }],
  ["a refusal until before", { type: "refuse", reason: "x", retryAfterMs: -5 }],
  ["a refusal with a fraction", { type: "refuse", reason: "x", retryAfterMs: 1.5 }],
  ["a refusal until NaN", { type: "refuse", reason: "x", retryAfterMs: Number.NaN }],
  ["a refusal until 2^53", { type: "refuse", reason: "x", retryAfterMs: 2 ** 53 }],
  ["a refusal without a time", { type: "refuse", reason: "x" }],
  ["a refusal without a reason", { type: "refuse", retryAfterMs: null }],
  ["noted", { type: "noted" }],
];

async function expectFailed(set: Stage, blamed: boolean): Promise<void> {
  const outcome = await set.handle.outcome;
  expect(outcome.type).toBe("failed");
  if (outcome.type !== "failed") return;
  if (blamed) {
    expect(isContractError(outcome.error) && outcome.error.party).toBe("policy");
    expect(String(outcome.error)).toContain("breaking");
  }
  await expectNothingLeft(set);
}

const CHILD = { healthyAfterMs: 20, script: [{ runMs: 100 }] };

describe("it throws", () => {
  it.each(TYPES)("when told or asked: %s", async (type) => {
    const boom = new Error("boom");
    const policy = breaking(type, () => {
      throw boom;
    });
    const set = stage({ policy, ...CHILD });
    await live(set);
    const outcome = await set.handle.outcome;
    expect(outcome.type === "failed" && outcome.error).toBe(boom);
    await expectFailed(set, false);
  });

  it("at the first request: nothing is launched, and supervise itself does not throw", async () => {
    const policy = breaking(
      "launch",
      () => {
        throw new TypeError("a bug");
      },
      "start",
    );
    const set = stage({ policy });
    expect(set.launcher.launchedAt).toEqual([]);
    expect(await set.handle.outcome).toMatchObject({ type: "failed", attempts: 0, lastExit: null });
    await expectFailed(set, false);
  });

  it("while the child is being stopped: failed all the same, with its exit", async () => {
    const policy = breaking("exited", () => {
      throw new Error("boom");
    });
    const set = stage({ policy });
    await set.handle.stop();
    expect(await set.handle.outcome).toMatchObject({
      type: "failed",
      lastExit: { kind: "cancelled" },
    });
    await expectNothingLeft(set);
  });

  it("when told of an exit that a queued restart waited for: the new child is stopped", async () => {
    const policy = breaking("exited", () => {
      throw new Error("boom");
    });
    const set = stage({ policy });
    set.handle.restart();
    await set.system.settle();
    expect(await set.handle.outcome).toMatchObject({ type: "failed", attempts: 2 });
    expect(set.system.now).toBe(0);
    await expectNothingLeft(set);
  });
});

describe("it is async, and rejects, which is not unhandled", () => {
  const rejects = () => Promise.reject(new Error("boom"));
  it.each([
    ["step", rejects],
    ["the decision", () => [0, rejects()]],
  ])("%s", async (_, step) => {
    const set = stage({ policy: breaking("launch", step), ...CHILD });
    await live(set);
    await expectFailed(set, true);
  });

  it.each(["exited", "healthy", "reset", "launch"] as const)(
    "%s of restartPolicy, also inside a combinator",
    async (part) => {
      const definition = {
        name: "breaking",
        initial: () => 0,
        launch: (state: number) => [state, launch()] as const,
        [part]: rejects as never,
      };
      const own = restartPolicy<number>(definition);
      for (const policy of [own, allOf(restartOn("permanent"), own)]) {
        const set = stage({ policy, ...CHILD });
        await live(set);
        await expectFailed(set, false);
        const outcome = await set.handle.outcome;
        const error = outcome.type === "failed" && outcome.error;
        expect(String(error)).toBe(
          `PolicyOptionsError: breaking: ${part} must be a function that is not async, got [object Promise]`,
        );
      }
    },
  );

  it.each(["exited", "healthy", "reset"] as const)("the state after %s", async (type) => {
    const set = stage({ policy: breaking(type, () => [rejects(), noted]), ...CHILD });
    await live(set);
    await expectFailed(set, true);
    const outcome = await set.handle.outcome;
    expect(String(outcome.type === "failed" && outcome.error)).toContain("got a promise");
  });
});

describe("it answers garbage", () => {
  it.each(TYPES.flatMap((type) => GARBAGE.map(([what, step]) => ({ type, what, step }))))(
    "to $type: $what",
    async ({ type, step }) => {
      const set = stage({ policy: breaking(type, () => step), ...CHILD });
      await live(set);
      await expectFailed(set, true);
    },
  );

  it.each(BAD_ANSWERS)("to a request: %s", async (_, answer) => {
    for (const cause of ["start", "restart"]) {
      const set = stage({ policy: breaking("launch", () => [0, answer], cause), ...CHILD });
      await live(set);
      await expectFailed(set, true);
      expect(set.launcher.launchedAt).toEqual(cause === "start" ? [] : [0]);
    }
  });

  it.each(["exited", "healthy", "reset"] as const)("a launch in answer to %s", async (type) => {
    const set = stage({ policy: breaking(type, () => [0, launch()]), ...CHILD });
    await live(set);
    await expectFailed(set, true);
  });
});

describe("its state", () => {
  it("is not taken over from a step that broke the contract", async () => {
    const seen: unknown[] = [];
    const policy: RestartPolicy<unknown> = {
      ...breaking("launch", () => undefined),
      step(state, event) {
        seen.push(state);
        const next = { of: event.type };
        if (event.type === "launch") return [next, launch()];
        return [next, event.type === "reset" ? launch() : noted];
      },
    };
    const set = stage({ policy });
    set.handle.reset();
    await set.handle.outcome;
    // start, the reset that is answered with a launch; nothing is told after that.
    expect(seen).toEqual([0, { of: "launch" }]);
  });
});
