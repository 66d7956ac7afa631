// A rewrite is the source's rule once more: imperative, with variables that change, and not a line shared with
// the preset. Both live the same thousand lives, and every answer must be the same.

import type { Exit, LaunchEvent, Millis } from "@steadfast/policy";
import fc from "fast-check";
import { expect } from "vitest";
import { law } from "../../../config/testing/law.ts";
import type { Preset } from "../src/index.js";
import { ask, exited, hand } from "./asking.js";
import { type Act, actsOf } from "./system-runs.js";

/** A delay, or a refusal with its hint. */
export type Answer = number | { readonly refused: string; readonly waitMs: Millis | null };

export interface Rewrite {
  exited(exit: Exit, uptimeMs: Millis, now: Millis): void;
  ask(cause: LaunchEvent["cause"], draw: number, now: Millis): Answer;
  /** Forgets everything. */
  reset(): void;
}

export const no = (refused: string): Answer => ({ refused, waitMs: null });

/** In each run ten lives: with the hundred runs of every law here, a thousand. */
const LIVES = 10;
const EARLIER = [1, 7, 1_000];

function liveOnce(preset: Preset, rewrite: Rewrite, acts: readonly Act[], from: Millis): number {
  const child = hand(preset);
  let restarts = 0;
  let now = from;
  /** The answer, which must be that of the rewrite. */
  const asked = (cause: LaunchEvent["cause"], draw: number) => {
    const answer = child.send(ask(cause, draw), now);
    const again = rewrite.ask(cause, draw, now);
    if (typeof again === "number") {
      expect(answer).toEqual({ type: "launch", delayMs: expect.closeTo(again, 3) });
    } else {
      const { refused, waitMs } = again;
      expect(answer).toEqual({ type: "refuse", reason: refused, retryAfterMs: waitMs });
    }
    return answer;
  };

  asked("start", 0);
  for (const { uptimeMs, exit, draw, meanwhile, lateMs } of acts) {
    now += lateMs;
    if (meanwhile === "healthy") child.send({ type: "healthy" }, now);
    if (meanwhile === "reset") {
      child.send({ type: "reset" }, now);
      rewrite.reset();
    }
    if (meanwhile === "operator") asked("operator", draw);
    const up = exit.kind === "spawn-failed" ? 0 : uptimeMs;
    now += up;
    child.send(exited(preset, exit, up), now);
    rewrite.exited(exit, up, now);
    const unasked = child.state;
    const answer = asked("restart", draw);
    if (answer.type !== "launch") return restarts;
    restarts++;
    // Asked later instead of now: a budget counts what it admits, so this is another story each time.
    const [admitted, there] = [child.state, now];
    const launchedAt = now + Math.ceil(answer.delayMs);
    for (const sooner of EARLIER.filter((ms) => ms <= answer.delayMs)) {
      child.state = unasked;
      now = launchedAt - sooner;
      asked("restart", draw);
      now = there;
    }
    child.state = admitted;
    now = launchedAt;
  }
  return restarts;
}

/** Lives a thousand lives of presets that are drawn together with their rewrite. */
export function sameLives(pairs: fc.Arbitrary<readonly [Preset, () => Rewrite]>): void {
  const life = pairs.chain(([preset, rewrite]) =>
    fc.tuple(fc.constant(preset), fc.constant(rewrite), actsOf(preset), fc.nat({ max: 1e12 })),
  );
  law(fc.array(life, { minLength: LIVES, maxLength: LIVES }), (lives, reached) => {
    const restarts = lives.map(([preset, make, acts, from]) =>
      liveOnce(preset, make(), acts, from),
    );
    if (restarts.filter((count) => count >= 3).length >= 3) reached();
  });
}
