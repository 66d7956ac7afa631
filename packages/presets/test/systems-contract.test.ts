// What every policy of a preset must keep, whatever it decides. Each is played as a supervisor would:
// an exit and the question after it at one instant, the launch when it is allowed.

import { isDeepStrictEqual } from "node:util";
import {
  decisionFault,
  type Millis,
  type RestartDecision,
  type RestartEvent,
} from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import type { Preset } from "../src/index.js";
import { ask, exited, healthy, reset } from "./asking.js";
import { type Act, actsOf, systems } from "./system-runs.js";

interface Line {
  readonly at: Millis;
  readonly event: RestartEvent;
  /** The state before it, and after. */
  readonly before: unknown;
  readonly state: unknown;
  readonly decision: RestartDecision;
}

const FACTS = { healthy, reset, operator: ask("operator") };

function deepFreeze<Part>(part: Part): Part {
  if (typeof part === "object" && part !== null && !Object.isFrozen(part)) {
    Object.freeze(part);
    Object.values(part).forEach(deepFreeze);
  }
  return part;
}

/** Plays a life from a start at `from` to its last act, or to a refusal for good. */
function play(preset: Preset, acts: readonly Act[], from: Millis, state = preset.policy.initial()) {
  const lines: Line[] = [];
  let before = deepFreeze(state);
  let now = from;
  const send = (event: RestartEvent): RestartDecision => {
    const [next, decision] = preset.policy.step(before, deepFreeze(event), now);
    lines.push({ at: now, event, before, state: next, decision });
    before = deepFreeze(next);
    return decision;
  };
  /** Asks until it is allowed, as `supervise` does. False: never. */
  const allowed = (cause: "start" | "restart", draw: number): boolean => {
    const answer = send(ask(cause, draw));
    if (answer.type === "launch") now += Math.ceil(answer.delayMs);
    if (answer.type !== "refuse") return true;
    if (answer.retryAfterMs === null || now + answer.retryAfterMs > 1e14) return false;
    now += answer.retryAfterMs;
    return allowed(cause, draw);
  };

  if (!allowed("start", 0)) return lines;
  for (const { uptimeMs, exit, draw, meanwhile, lateMs } of acts) {
    now += lateMs;
    const up = exit.kind === "spawn-failed" ? 0 : uptimeMs;
    if (meanwhile) send(FACTS[meanwhile]);
    now += up;
    send(exited(preset, exit, up));
    if (!allowed("restart", draw)) break;
  }
  return lines;
}

const isFresh = (preset: Preset, state: unknown) =>
  isDeepStrictEqual(state, preset.policy.initial());

describe.each(systems)("%s", (name, anyPreset) => {
  const lives = anyPreset.chain((preset) => fc.tuple(fc.constant(preset), actsOf(preset)));

  test("a step is a pure function of frozen plain JSON, and no delay is above capMs", () => {
    law(lives, ([preset, acts], reached) => {
      const { policy } = preset;
      const about = policy.describe;
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(about)), about)).toBe(true);
      expect([policy.name, about.kind]).toEqual([name, name]);
      for (const { at, event, before, state, decision } of play(preset, acts, 0)) {
        expect(policy.step(before, event, at)).toEqual([state, decision]);
        expect(isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)).toBe(true);
        expect(decisionFault(event, decision)).toBeNull();
        if (isDeepStrictEqual(before, state)) expect(state).toBe(before);
        if (decision.type !== "launch") continue;
        expect(decision.delayMs).toBeLessThanOrEqual(about.capMs ?? Number.MAX_SAFE_INTEGER);
        if (event.type === "launch" && event.cause === "restart") reached();
      }
    });
  });

  test("a state is read back, by these options or others, and decides on alike", () => {
    law(fc.tuple(lives, anyPreset), ([[preset, acts], other], reached) => {
      for (const { at, state } of play(preset, acts, 0)) {
        const saved: unknown = JSON.parse(JSON.stringify(state));
        const latest = 2 * at + 1e12; // an instant in a window may be still to come
        expect(preset.policy.parse(saved, latest)).toEqual(state);
        const read = other.policy.parse(saved, latest);
        expect(read).toEqual(state);
        for (const event of [exited(other, { kind: "failed" }, 5), ask(), healthy, reset]) {
          const [, decision] = other.policy.step(read, event, at);
          expect(decisionFault(event, decision)).toBeNull();
        }
        if (!isFresh(preset, state)) reached();
      }
    });
  });

  test("what was never written is not read", () => {
    const [preset] = fc.sample(anyPreset, 1);
    for (const raw of [null, undefined, 5, "state", [1, 2, 3, 4], { wanted: 5 }]) {
      expect(() => preset?.policy.parse(raw, 0)).toThrow(
        expect.objectContaining({ code: "ERR_POLICY_STATE" }),
      );
    }
  });

  test("adding a constant to every instant changes no decision", () => {
    law(lives, ([preset, acts], reached) => {
      // Whole seconds, since OTP counts them.
      const here = play(preset, acts, 0).map(({ decision }) => decision);
      const there = play(preset, acts, 1_700_000_000_000).map(({ decision }) => decision);
      expect(there).toEqual(here);
      if (here.length > 3) reached();
    });
  });

  test("a hint is exact, and a delay is an instant in disguise", () => {
    law(lives, ([preset, acts], reached) => {
      const { policy } = preset;
      for (const { at, event, before, state, decision } of play(preset, acts, 0)) {
        if (event.type !== "launch") continue;
        reached();
        if (decision.type === "refuse" && decision.retryAfterMs !== null) {
          const then = at + decision.retryAfterMs;
          expect(policy.step(state, event, then)[1].type).toBe("launch");
          expect(policy.step(state, event, then - 1)[1].type).toBe("refuse");
        }
        if (decision.type !== "launch" || decision.delayMs === 0) continue;
        for (const x of [1, Math.ceil(decision.delayMs), Math.ceil(decision.delayMs) + 1]) {
          const [, later] = policy.step(before, event, at + x);
          expect(later).toMatchObject({ type: "launch" });
          const want = Math.max(0, decision.delayMs - x);
          expect((later as { delayMs: number }).delayMs).toBeCloseTo(want, 6);
        }
      }
    });
  });

  test("a refusal changes nothing, but that suture draws the length of its pause", () => {
    law(lives, ([preset, acts], reached) => {
      for (const { event, before, state, decision } of play(preset, acts, 0)) {
        if (event.type === "launch") reached();
        if (decision.type !== "refuse" || name === "suture") continue;
        expect(state).toEqual(before);
      }
    });
  });

  test("a reset restores the initial state; idle is never between an exit and its launch", () => {
    law(lives, ([preset, acts], reached) => {
      const { policy } = preset;
      for (const { at, event, state } of play(preset, acts, 0)) {
        expect(policy.step(state, reset, at)[0]).toEqual(policy.initial());
        if (event.type !== "exited") continue;
        expect(policy.idle?.(state, at)).toBe(false);
        reached();
      }
    });
  });

  test("an idle state answers everything as a fresh one does", () => {
    const twice = anyPreset.chain((preset) =>
      fc.tuple(fc.constant(preset), actsOf(preset), actsOf(preset)),
    );
    law(twice, ([preset, acts, more], reached) => {
      for (const { at, state } of play(preset, acts, 0)) {
        if (!preset.policy.idle?.(state, at)) continue;
        const on = play(preset, more, at, state).map(({ decision }) => decision);
        expect(on).toEqual(play(preset, more, at).map(({ decision }) => decision));
        reached();
      }
    });
  });
});
