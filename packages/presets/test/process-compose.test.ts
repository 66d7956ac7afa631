// Cases from the rules of process-compose 1.122.0 (commit 23b0acacc937): src/app/process.go (run, isRestartable,
// getBackoff), src/app/project_runner.go (onProcessEnd, resetRestartCount), src/types/process.go.

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type ProcessComposeOptions, processCompose } from "../src/index.js";
import { after, ask, atOnce, COMPLETED, delaysOf, hand, NOT_STARTED, never } from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, supervised } from "./supervised.js";
import { drawn } from "./system-runs.js";

const HOUR = 3_600_000;
const code = (n: number): Exit => ({ kind: "failed", code: n });

test.each<[NonNullable<ProcessComposeOptions["restart"]>, string, string]>([
  ["no", "refuse", "refuse"],
  ["always", "launch", "launch"],
  ["on_failure", "launch", "refuse"],
  ["exit_on_failure", "refuse", "refuse"],
])("%s: after a crash %s, after a clean exit %s", (restart, crashed, completed) => {
  expect(hand(processCompose({ restart })).end(0).type).toBe(crashed);
  expect(hand(processCompose({ restart })).end(0, 0, COMPLETED).type).toBe(completed);
});

test("supervised: exit_on_failure is refused after a failure, and done after a clean exit", async () => {
  const preset = processCompose({ restart: "exit_on_failure" });
  expect((await supervised(preset, crashesAfter(5), HOUR)).ended?.type).toBe("refused");
  const well = await supervised(preset, [{ runMs: 5, exit: COMPLETED }], HOUR);
  expect(well.ended?.type).toBe("completed");
});

describe("the delay", () => {
  test.each([
    [undefined, 1_000],
    [0, 1_000],
    [1_000, 1_000],
    [5_000, 5_000],
  ])("backoff_seconds of %s ms is %i, always", (backoffMs, delay) => {
    const given = backoffMs === undefined ? {} : { backoffMs };
    const preset = processCompose({ restart: "always", ...given });
    expect(delaysOf(preset, [0, HOUR, 1])).toEqual([delay, delay, delay]);
  });

  test("runs from the exit", () => {
    const child = hand(processCompose({ restart: "always", backoffMs: 2_000 }));
    child.end(0);
    expect(child.send(ask(), 1_500)).toEqual(after(500));
  });
});

describe("max_restarts", () => {
  test.each(["always", "on_failure"] as const)(
    "%s: N restarts, N + 1 runs, ever",
    async (restart) => {
      const preset = processCompose({ restart, maxRestarts: 2 });
      const { at, ended } = await supervised(preset, crashesAfter(24 * HOUR), 100 * HOUR);
      expect(at.length).toBe(3);
      expect(ended).toMatchObject({ type: "refused", reason: "cap-reached" });
    },
  );

  test("an operator's restart sets it back", () => {
    const child = hand(processCompose({ restart: "always", maxRestarts: 1 }));
    expect([child.end(0).type, child.end(1).type]).toEqual(["launch", "refuse"]);
    expect(child.send(ask("operator"), 2)).toEqual(atOnce);
    expect([child.end(3).type, child.end(4).type]).toEqual(["launch", "refuse"]);
  });
});

test("success_exit_codes are no failure", () => {
  const preset = processCompose({ restart: "on_failure", successExitCodes: [3, 143] });
  expect(hand(preset).end(0, 0, code(3))).toEqual(never("not-wanted"));
  expect(hand(preset).end(0, 0, code(4))).toEqual(after(1_000));
  expect([3, 0, 4].map((n) => preset.isFailure(code(n)))).toEqual([false, true, true]);
  // Go has no exit code for a signal but -1.
  expect(preset.isFailure({ kind: "signalled", signal: "SIGTERM" })).toBe(true);
});

test("what cannot be started is over", () => {
  expect(hand(processCompose({ restart: "always" })).end(0, 0, NOT_STARTED)).toEqual(
    never("given-up"),
  );
});

test.each<[string, object]>([
  ["restart", { restart: "on-failure" }],
  ["backoffMs", { backoffMs: 1_500 }],
  ["backoffMs", { backoffMs: -1_000 }],
  ["maxRestarts", { maxRestarts: Number.POSITIVE_INFINITY }],
  ["successExitCodes", { successExitCodes: [-1] }],
  ["backoff_seconds", { backoff_seconds: 5 }],
])("%s of %j is not allowed", (option, options) => {
  expect(() => processCompose(options)).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});

type Settings = Required<ProcessComposeOptions>;

/** run and isRestartable. */
class Process implements Rewrite {
  private restarts = 0;
  private ended: { exit: Exit; at: number; counted: boolean } | null = null;

  constructor(private readonly config: Settings) {}

  exited(exit: Exit, _: number, now: number) {
    this.ended = { exit, at: now, counted: false };
  }

  private succeeded(exit: Exit): boolean {
    if (exit.kind === "failed")
      return this.config.successExitCodes.some((one) => one === exit.code);
    return exit.kind === "completed" || exit.kind === "cancelled";
  }

  private isRestartable(exit: Exit): boolean {
    const { restart } = this.config;
    if (restart === "always") return true;
    // An exit that nobody saw was no clean one.
    return restart === "on_failure" && !this.succeeded(exit);
  }

  ask(cause: string, _: number, now: number) {
    if (cause === "operator") {
      this.reset();
      return 0;
    }
    if (cause === "start" || this.ended === null) return 0;
    const { exit, at, counted } = this.ended;
    if (!this.isRestartable(exit)) return no("not-wanted");
    if (exit.kind === "spawn-failed") return no("given-up");
    const most = this.config.maxRestarts;
    if (!counted && most !== 0 && this.restarts >= most) return no("cap-reached");
    if (!counted) this.restarts++;
    this.ended.counted = true;
    return Math.max(0, at + Math.max(1_000, this.config.backoffMs) - now);
  }

  reset() {
    this.restarts = 0;
    this.ended = null;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  sameLives(
    drawn.processCompose.map(
      (options) => [processCompose(options), () => new Process(options)] as const,
    ),
  );
});
