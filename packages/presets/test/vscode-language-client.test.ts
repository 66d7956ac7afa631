// Cases from the rules of vscode-languageclient 10.1.0 (commit 0da5527ddf79): client/src/common/client.ts
// (DefaultErrorHandler.closed, handleConnectionClosed).

import type { Exit } from "@steadfast/policy";
import { expect, test } from "vitest";
import { vscodeLanguageClient } from "../src/index.js";
import { atOnce, COMPLETED, hand, NOT_STARTED, never } from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, supervised } from "./supervised.js";
import { drawn } from "./system-runs.js";

const FULL = never("window-full");

test("five crashes in three minutes are the end, at once", async () => {
  const { at, ended } = await supervised(vscodeLanguageClient(), crashesAfter(100), 3_600_000);
  expect(at).toEqual([0, 100, 200, 300, 400]);
  expect(ended).toMatchObject({ type: "refused", reason: "window-full", retryAfterMs: null });
});

test.each([
  [45_000, [0, 45_000, 90_000, 135_000, 180_000], "refused"],
  [45_001, null, undefined],
])(
  "dying every %i ms: the fifth is exactly three minutes after the first, or later",
  async (runMs, at, type) => {
    const got = await supervised(vscodeLanguageClient(), crashesAfter(runMs), 3_600_000);
    expect(got.ended?.type).toBe(type);
    if (at) expect(got.at).toEqual(at);
  },
);

test("a clean exit counts; what cannot be started is given up", () => {
  const child = hand(vscodeLanguageClient({ maxRestartCount: 1 }));
  expect([child.end(0, 0, COMPLETED), child.end(1, 1, COMPLETED)]).toEqual([atOnce, FULL]);
  expect(hand(vscodeLanguageClient()).end(0, 0, NOT_STARTED)).toEqual(never("given-up"));
});

test("0 is one run", () => {
  expect(hand(vscodeLanguageClient({ maxRestartCount: 0 })).end(1e9)).toEqual(FULL);
});

test.each([-1, 0.5, Number.POSITIVE_INFINITY])(
  "maxRestartCount %s is not allowed",
  (maxRestartCount) => {
    expect(() => vscodeLanguageClient({ maxRestartCount })).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option: "maxRestartCount" }),
    );
  },
);

/** closed(), with its list of instants. */
class Handler implements Rewrite {
  private restarts: number[] = [];
  private answer: number | string = 0;

  constructor(private readonly most: number) {}

  exited(exit: Exit, _: number, now: number) {
    if (exit.kind === "lost") {
      // Nobody saw it, so that it is on no list; what was decided before it no longer stands.
      const [first] = this.restarts.slice(-this.most - 1);
      const full = this.restarts.length > this.most && now - (first ?? 0) <= 180_000;
      this.answer = full ? "window-full" : 0;
      return;
    }
    this.restarts.push(now);
    const recent = this.restarts.filter((at) => now - at <= 180_000);
    this.answer = recent.length > this.most ? "window-full" : 0;
    if (exit.kind === "spawn-failed") this.answer = "given-up";
  }

  ask(cause: string) {
    if (cause === "operator") this.answer = 0;
    if (cause !== "restart") return 0;
    return typeof this.answer === "string" ? no(this.answer) : this.answer;
  }

  reset() {
    this.restarts = [];
    this.answer = 0;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  sameLives(
    drawn.vscodeLanguageClient.map(
      (options) =>
        [vscodeLanguageClient(options), () => new Handler(options.maxRestartCount)] as const,
    ),
  );
});
