import type { Millis } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { golden } from "../../../config/testing/vectors.ts";
import { type KubernetesOptions, kubernetes, type Preset } from "../src/index.js";
import {
  after,
  ask,
  atOnce,
  COMPLETED,
  CRASH,
  delaysOf,
  exited,
  hand,
  healthy,
  never,
  reset,
} from "./asking.js";
import { crashesAfter, gaps, supervised } from "./supervised.js";

interface Crashloop {
  readonly cases: readonly {
    readonly id: string;
    readonly initialMs: number;
    readonly maxMs: number;
    readonly resetAfterMs: number;
    readonly runs: readonly {
      readonly runMs: number;
      readonly exitAtMs: number;
      readonly delayMs: number;
    }[];
  }[];
}

describe("Kubernetes: k8s_crashloop", () => {
  const { cases } = golden<Crashloop>(new URL("./vectors/k8s_crashloop.json", import.meta.url));

  test.each(cases)("$id", ({ initialMs, maxMs, resetAfterMs, runs }) => {
    const child = hand(kubernetes({ initialMs, maxMs, resetAfterMs }));
    runs.forEach(({ runMs, exitAtMs, delayMs }, i) => {
      // Completed or failed, healthy or not: the kubelet makes no difference.
      if (i % 3 === 1) child.send(healthy, exitAtMs);
      expect(child.end(exitAtMs, runMs, i % 2 === 0 ? CRASH : COMPLETED)).toEqual(after(delayMs));
    });
  });
});

interface BackoffOps {
  readonly cases: readonly {
    readonly id: string;
    readonly initialMs: number;
    readonly maxMs: number;
    readonly ops: readonly (
      | (KeyOp & { readonly op: "next"; readonly backoffMs: number })
      | (KeyOp & { readonly op: "reset"; readonly backoffMs: number })
      | (KeyOp & {
          readonly op: "inBackoffSince" | "inBackoffSinceUpdate";
          readonly result: boolean;
        })
      | {
          readonly op: "gc";
          readonly nowMs: Millis;
          readonly backoffMs: { readonly [key: string]: number };
        }
    )[];
  }[];
}

interface KeyOp {
  readonly key: string;
  readonly eventAtMs: Millis;
  readonly nowMs: Millis;
}

/**
 * client-go's Backoff object, its memory being the state of the preset's policy. What the object calls
 * the last update is the launch, what it calls the event is the exit: the policy is told how long it
 * ran. The kubelet asks `IsInBackOffSince` and then `Next`; the rest is seen by asking what a restart
 * would be told.
 */
class BackoffObject {
  readonly #preset: Preset;
  #state: unknown;
  #updatedAt: Millis = 0;

  constructor(options: KubernetesOptions) {
    this.#preset = kubernetes(options);
    this.#state = this.#preset.policy.initial();
  }

  /** The delay still left at `now` for an exit at `eventAt`. */
  #left(eventAt: Millis, now: Millis, uptimeMs = Math.max(0, eventAt - this.#updatedAt)): number {
    const child = hand(this.#preset, this.#state);
    child.send(exited(this.#preset, CRASH, uptimeMs), eventAt);
    const answer = child.send(ask(), now);
    return answer.type === "launch" ? answer.delayMs : Number.NaN;
  }

  backoffMs(now: Millis): number {
    return this.#left(now, now, 0);
  }

  next(eventAt: Millis, now: Millis): void {
    const child = hand(this.#preset, this.#state);
    child.send(exited(this.#preset, CRASH, Math.max(0, eventAt - this.#updatedAt)), eventAt);
    child.send(ask(), now);
    this.#state = child.state;
    this.#updatedAt = now;
  }

  inBackoffSince(eventAt: Millis, now: Millis): boolean {
    return this.#left(eventAt, now) > 0;
  }

  /** The same, but as if the event had been the last update, and now the event. */
  inBackoffSinceUpdate(eventAt: Millis): boolean {
    return this.#left(eventAt, eventAt + (eventAt - this.#updatedAt)) > 0;
  }

  reset(now: Millis): void {
    [this.#state] = this.#preset.policy.step(this.#state, reset, now);
  }

  /** Forgets an entry that an exit now would forget. */
  gc(now: Millis): void {
    if (this.#left(now, now) === 0) this.reset(now);
  }
}

describe("Kubernetes: k8s_backoff_ops", () => {
  const { cases } = golden<BackoffOps>(new URL("./vectors/k8s_backoff_ops.json", import.meta.url));

  test.each(cases)("$id", ({ initialMs, maxMs, ops }) => {
    const objects = new Map<string, BackoffObject>();
    const of = (key: string): BackoffObject => {
      const object =
        objects.get(key) ?? new BackoffObject({ initialMs, maxMs, resetAfterMs: 2 * maxMs });
      objects.set(key, object);
      return object;
    };
    for (const op of ops) {
      if (op.op === "gc") {
        for (const [key, backoffMs] of Object.entries(op.backoffMs)) {
          of(key).gc(op.nowMs);
          expect(of(key).backoffMs(op.nowMs)).toBe(backoffMs);
        }
        continue;
      }
      const object = of(op.key);
      if (op.op === "next" || op.op === "reset") {
        if (op.op === "next") object.next(op.eventAtMs, op.nowMs);
        else object.reset(op.nowMs);
        expect(object.backoffMs(op.nowMs)).toBe(op.backoffMs);
      } else {
        const since = op.op === "inBackoffSince";
        const { eventAtMs, nowMs } = op;
        expect(
          since ? object.inBackoffSince(eventAtMs, nowMs) : object.inBackoffSinceUpdate(eventAtMs),
        ).toBe(op.result);
      }
    }
  });
});

describe("by its defaults", () => {
  test("0 s, 10 s, twice that, up to five minutes", () => {
    expect(delaysOf(kubernetes(), Array(8).fill(1_000))).toEqual([
      0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000,
    ]);
  });

  test("with KEP-4603's values: 1 s up to a minute", () => {
    const reduced = kubernetes({ initialMs: 1_000, maxMs: 60_000 });
    expect(delaysOf(reduced, Array(9).fill(1_000))).toEqual([
      0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });

  test.each([
    [2_000, [0, 2_000, 2_000, 2_000]],
    [5_000, [0, 5_000, 5_000, 5_000]],
    [9_999, [0, 9_999, 9_999, 9_999]],
    [10_000, [0, 10_000, 10_000, 10_000]],
    [10_001, [0, 10_000, 10_001, 10_001]],
    [0, [0, 0, 0, 0]],
  ])("a maxContainerRestartPeriod of %i ms lowers the initial delay, too", (maxMs, delays) => {
    expect(delaysOf(kubernetes({ maxMs }), Array(4).fill(5))).toEqual(delays);
  });

  test("but not an initial delay that was given: client-go does not cap the first", () => {
    const given = kubernetes({ initialMs: 10_000, maxMs: 2_000 });
    expect(delaysOf(given, Array(4).fill(5))).toEqual([0, 10_000, 2_000, 2_000]);
  });

  test.each([
    [600_000, [0, 10_000, 20_000]],
    [600_001, [0, 10_000, 0]],
  ])("the third run lasts %i ms", (runMs, delays) => {
    expect(delaysOf(kubernetes(), [1, 1, runMs])).toEqual(delays);
  });

  test("restartPolicy: OnFailure is done after a clean exit, Never after any", () => {
    const onFailure = hand(kubernetes({ restartPolicy: "OnFailure" }));
    expect(onFailure.end(0)).toEqual(atOnce);
    expect(onFailure.end(0, 0, COMPLETED)).toEqual(never("not-wanted"));
    expect(hand(kubernetes({ restartPolicy: "Never" })).end(0)).toEqual(never("not-wanted"));
  });
});

test("supervised: it is never given up, whatever its health", async () => {
  const { at, ended } = await supervised(kubernetes(), crashesAfter(20_000), 600_000);
  expect(gaps(at).map((gap) => gap - 20_000)).toEqual([0, 10_000, 20_000, 40_000, 80_000, 160_000]);
  expect(ended).toBeNull();
});
