// Cases from the rules of swarmkit (commit 3e72cb64da35): manager/orchestrator/restart/restart.go
// (shouldRestart, RecordRestartHistory, DelayStart), api/defaults/service.go.

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type DockerSwarmOptions, dockerSwarm } from "../src/index.js";
import { after, ask, atOnce, COMPLETED, delaysOf, hand, NOT_STARTED, never } from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, supervised } from "./supervised.js";
import { drawn } from "./system-runs.js";

const HOUR = 3_600_000;

test("by default every exit is followed by another task, five seconds later", () => {
  expect(delaysOf(dockerSwarm(), [0, 1, HOUR])).toEqual([5_000, 5_000, 5_000]);
  expect(delaysOf(dockerSwarm(), [0, 1], COMPLETED)).toEqual([5_000, 5_000]);
  expect(hand(dockerSwarm()).end(0, 0, NOT_STARTED)).toEqual(after(5_000));
});

test.each<[DockerSwarmOptions["condition"] & string, string, string]>([
  ["any", "launch", "launch"],
  ["on-failure", "launch", "refuse"],
  ["none", "refuse", "refuse"],
])("%s: after a crash %s, after a clean exit %s", (condition, crashed, completed) => {
  expect(hand(dockerSwarm({ condition })).end(0).type).toBe(crashed);
  expect(hand(dockerSwarm({ condition })).end(0, 0, COMPLETED).type).toBe(completed);
});

describe("max_attempts", () => {
  test("without a window, N restarts ever, and N + 1 runs", async () => {
    const { at, ended } = await supervised(
      dockerSwarm({ maxAttempts: 2 }),
      crashesAfter(24 * HOUR),
      100 * HOUR,
    );
    expect(at.length).toBe(3);
    expect(ended).toMatchObject({ type: "refused", reason: "cap-reached", retryAfterMs: null });
  });

  test.each([
    [59_999, never("window-full")],
    [60_000, after(5_000)],
  ])("with one, restarts in it: asked %i ms after the first was decided", (now, answer) => {
    const child = hand(dockerSwarm({ maxAttempts: 2, windowMs: 60_000 }));
    expect([child.end(0), child.end(6_000)]).toEqual([after(5_000), after(5_000)]);
    expect(child.end(now)).toEqual(answer);
  });

  test("a window that its delays keep from filling is no limit", async () => {
    const slow = dockerSwarm({ maxAttempts: 3, windowMs: 15_000 });
    expect((await supervised(slow, crashesAfter(0), HOUR)).ended).toBeNull();
    const quick = dockerSwarm({ maxAttempts: 3, windowMs: 15_001 });
    expect((await supervised(quick, crashesAfter(0), HOUR)).at).toEqual([0, 5_000, 10_000, 15_000]);
  });

  test("0 is unlimited, with a window, too", () => {
    const child = hand(dockerSwarm({ windowMs: 60_000 }));
    for (let i = 0; i < 50; i++) expect(child.end(0)).toEqual(after(5_000));
  });

  test("an operator begins a new history", () => {
    for (const windowMs of [0, 60_000]) {
      const child = hand(dockerSwarm({ maxAttempts: 1, windowMs }));
      expect([child.end(0).type, child.end(1).type]).toEqual(["launch", "refuse"]);
      expect(child.send(ask("operator"), 2)).toEqual(atOnce);
      expect([child.end(3).type, child.end(4).type]).toEqual(["launch", "refuse"]);
    }
  });
});

test("a state is read under any options", () => {
  const child = hand(dockerSwarm({ maxAttempts: 2, windowMs: 60_000 }));
  child.end(0);
  const saved: unknown = JSON.parse(JSON.stringify(child.state));
  for (const options of [{}, { maxAttempts: 1 }, { condition: "none" as const, windowMs: 5 }]) {
    expect(dockerSwarm(options).policy.parse(saved, 0)).toEqual(child.state);
  }
});

test.each<[string, object]>([
  ["condition", { condition: "always" }],
  ["delayMs", { delayMs: -1 }],
  ["maxAttempts", { maxAttempts: 0.5 }],
  ["windowMs", { windowMs: "120s" }],
  ["max_attempts", { max_attempts: 3 }],
])("%s of %j is not allowed", (option, options) => {
  expect(() => dockerSwarm(options)).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});

type Settings = Required<DockerSwarmOptions>;

/** shouldRestart and the history of one slot. */
class Supervisor implements Rewrite {
  private history: number[] = [];
  private total = 0;
  private task: { exit: Exit; at: number; replaced: boolean } | null = null;

  constructor(private readonly spec: Settings) {}

  exited(exit: Exit, _: number, now: number) {
    this.task = { exit, at: now, replaced: false };
  }

  private refusal(exit: Exit, now: number): string | null {
    const { condition, maxAttempts, windowMs } = this.spec;
    const completed = exit.kind === "completed" || exit.kind === "cancelled";
    if (condition === "none") return "not-wanted";
    if (condition === "on-failure" && completed) return "not-wanted";
    if (maxAttempts === 0) return null;
    if (windowMs === 0) return this.total < maxAttempts ? null : "cap-reached";
    const recent = this.history.filter((at) => at > now - windowMs);
    return recent.length < maxAttempts ? null : "window-full";
  }

  ask(cause: string, _: number, now: number) {
    if (cause === "operator") {
      this.reset();
      return 0;
    }
    if (cause === "start" || this.task === null) return 0;
    if (!this.task.replaced) {
      const refused = this.refusal(this.task.exit, this.task.at);
      if (refused !== null) return no(refused);
      this.task.replaced = true;
      this.total++;
      this.history.push(this.task.at);
    }
    return Math.max(0, this.task.at + this.spec.delayMs - now);
  }

  reset() {
    this.history = [];
    this.total = 0;
    this.task = null;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  sameLives(
    drawn.dockerSwarm.map(
      (options) => [dockerSwarm(options), () => new Supervisor(options)] as const,
    ),
  );
});
