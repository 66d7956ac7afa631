// Findings of people who tried it, through `supervise`: each input as it was reported, with its right value.

import { backoff, constant } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import { giveUp } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";

const FAILED = { kind: "failed", code: 1 } as const;

describe("a hand-over to a clock that is an hour behind (F-1)", () => {
  it("waits for what was left of the delay, not for the hour", async () => {
    const policy = backoff({ curve: constant({ delayMs: 5_000 }), jitter: "none" });
    const first = manualSystem({ now: 36_000_000 });
    const script = [{ runMs: 0, exit: FAILED }];
    const handle = supervise(scriptedLauncher(first, script), { policy }, first);
    await first.advance(1_000);
    const snapshot: unknown = JSON.parse(JSON.stringify(handle.snapshot()));
    await handle.stop();
    const second = manualSystem({ now: 36_001_000 - 3_600_000 });
    const launcher = scriptedLauncher(second, [{}]);
    const next = supervise(launcher, { policy, snapshot }, second);
    await second.advance(3_999);
    expect(launcher.launchedAt).toEqual([]);
    await second.advance(1);
    expect(launcher.launchedAt).toHaveLength(1);
    await next.stop();
  });

  it("asks a full window again when its wait is over, not an hour later", async () => {
    const policy = slidingWindow({ limit: 1, windowMs: 60_000 });
    const first = manualSystem({ now: 36_000_000 });
    const script = [{ runMs: 0, exit: FAILED }];
    const handle = supervise(scriptedLauncher(first, script), { policy }, first);
    await first.advance(1_000);
    const snapshot: unknown = JSON.parse(JSON.stringify(handle.snapshot()));
    await handle.stop();
    const second = manualSystem({ now: 36_001_000 - 3_600_000 });
    const launcher = scriptedLauncher(second, [{}]);
    const next = supervise(launcher, { policy, snapshot }, second);
    await second.advance(60_000);
    expect(launcher.launchedAt).toHaveLength(1);
    await next.stop();
  });
});

describe("a host that sleeps (F-9)", () => {
  it("does not make a child healthy that crashes after two seconds: the budget holds", async () => {
    const system = manualSystem();
    const budget = crashBudget({ retries: 3, windowMs: Number.MAX_SAFE_INTEGER, retryDelayMs: 0 });
    const launcher = scriptedLauncher(system, () => ({ runMs: 8_000, exit: FAILED }));
    const { outcome } = supervise(launcher, { policy: giveUp(budget) }, system);
    await system.advance(16_000); // the third child begins
    await system.advance(2_000); // and is two seconds old
    system.jump(system.now + 8 * 3_600_000);
    await system.advance(1_000_000);
    expect(await outcome).toMatchObject({ type: "refused", attempts: 4 });
  });
});
