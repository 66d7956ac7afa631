import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { golden, isClose } from "../../../config/testing/vectors.ts";
import {
  type BackoffOptions,
  backoff,
  decorrelated,
  exponential,
  proportional,
  steps,
} from "../src/index.js";
import { ask, completion, counted, crash, delayOf, run } from "./events.js";

interface RestartBackoff {
  readonly cases: readonly {
    readonly id: string;
    readonly via: "new" | "literal";
    readonly initialMs: number;
    readonly maxMs: number;
    readonly factor: number;
    readonly failures: number;
    readonly delayMs: number;
  }[];
}

describe("processmanager: restart_backoff", () => {
  const { cases } = golden<RestartBackoff>(
    new URL("./vectors/restart_backoff.json", import.meta.url),
  );

  test.each(cases)("$id", ({ via, initialMs, maxMs, factor, failures, delayMs }) => {
    if (via === "literal" && factor === 0) {
      // Out of our range; only a preset may clamp.
      expect(() => backoff({ initialMs, factor, capMs: maxMs })).toThrow(
        expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option: "factor" }),
      );
      return;
    }
    const growth = { initialMs, factor: Math.max(1, factor), capMs: maxMs };
    expect(exponential(growth)(failures)).toBe(delayMs);

    const policy = backoff({ ...growth, jitter: "none" });
    if (failures > 0) expect(delayOf(policy, counted(policy, failures), 0)).toBe(delayMs);
    if (failures > 0 && failures <= 100) {
      const { state } = run(policy, Array(failures).fill({ at: 7, event: crash() }));
      expect(delayOf(policy, state, 7)).toBe(delayMs);
    }
  });
});

interface BackoffDelay {
  readonly cases: readonly {
    readonly id: string;
    readonly mode: "run" | "raw";
    readonly baseMs: number;
    readonly factor: number | string;
    readonly n: number;
    readonly capMs: number;
    readonly expect: { readonly delayMs: number };
  }[];
}

describe("processkit: backoff_delay, as the supervisor calls it", () => {
  const { cases } = golden<BackoffDelay>(new URL("./vectors/backoff_delay.json", import.meta.url));

  /** What the supervisor does to a factor before it uses it. */
  const sane = (factor: number) => (Number.isFinite(factor) ? Math.max(factor, 1) : 1);

  test.each(cases.filter(({ mode }) => mode === "run"))(
    "$id",
    ({ baseMs, factor, n, capMs, expect: want }) => {
      const growth = { initialMs: baseMs, factor: sane(Number(factor)), capMs };
      const restarts = Math.min(n, 2 ** 31 - 1);
      expect(exponential(growth)(restarts + 1)).toSatisfy((got) => isClose(got, want.delayMs));

      const policy = backoff({ ...growth, jitter: "none", counts: "restarts" });
      const delayMs = delayOf(policy, counted(policy, restarts), 0);
      expect(delayMs).toSatisfy((got) => isClose(got, want.delayMs));
    },
  );
});

interface JitterProcesskit {
  readonly cases: readonly {
    readonly id: string;
    readonly unit: number;
    readonly applied: readonly { readonly delayMs: number; readonly jitteredMs: number }[];
  }[];
}

describe("processkit: jitter_processkit", () => {
  const { cases } = golden<JitterProcesskit>(
    new URL("./vectors/jitter_processkit.json", import.meta.url),
  );

  test.each(cases)("$id", ({ unit, applied }) => {
    const jitter = proportional({ low: 0.5, high: 1.5, capOrder: "before-jitter" });
    for (const { delayMs, jitteredMs } of applied) {
      const policy = backoff({ initialMs: delayMs, capMs: delayMs, jitter });
      const got = delayOf(policy, counted(policy, 3), 0, unit);
      expect(got).toSatisfy((ms) => isClose(ms, jitteredMs));
    }
  });
});

interface SystemdRestartSteps {
  readonly cases: readonly {
    readonly id: string;
    readonly restartUs: number;
    readonly steps: number;
    readonly maxDelayUs: number | null;
    readonly delayUs: readonly number[];
  }[];
}

describe("systemd: systemd_restart_steps, in microseconds", () => {
  const { cases } = golden<SystemdRestartSteps>(
    new URL("./vectors/systemd_restart_steps.json", import.meta.url),
  );

  test.each(cases)("$id", ({ restartUs, steps: count, maxDelayUs, delayUs }) => {
    const curve = steps({ initialMs: restartUs, maxMs: maxDelayUs, steps: count });
    delayUs.forEach((want, i) => {
      expect(Math.abs(Math.floor(curve(i + 1)) - want)).toBeLessThanOrEqual(1);
    });
    const policy = backoff({ curve, jitter: "none" });
    const last = delayUs.length;
    expect(delayOf(policy, counted(policy, last), 0)).toBe(curve(last));
  });
});

type Band = readonly [number, number];

interface JitterBands {
  readonly cases: readonly {
    readonly id: string;
    readonly baseMs: number;
    readonly capMs: number;
    readonly attempt: number;
    readonly exponential: Band;
    readonly full: Band;
    readonly equal: Band;
  }[];
  readonly decorrelated: readonly {
    readonly id: string;
    readonly baseMs: number;
    readonly capMs: number;
    readonly steps: readonly {
      readonly u: number;
      readonly band: Band;
      readonly delayMs: number;
    }[];
  }[];
}

const JUST_BELOW_1 = 1 - 2 ** -53;

describe("AWS: jitter_bands", () => {
  const file = golden<JitterBands>(new URL("./vectors/jitter_bands.json", import.meta.url));

  test.each(file.cases)("$id", ({ baseMs, capMs, attempt, exponential: none, full, equal }) => {
    const bands = { none, full, equal };
    for (const jitter of ["none", "full", "equal"] as const) {
      const policy = backoff({ initialMs: baseMs, factor: 2, capMs, jitter });
      // The simulator's first retry is attempt 1, so attempt n is our place n + 1.
      const state = counted(policy, attempt + 1);
      const [low, high] = bands[jitter];
      expect(delayOf(policy, state, 0, 0)).toBe(low);
      const top = delayOf(policy, state, 0, JUST_BELOW_1);
      expect(top).toBeLessThanOrEqual(high);
      expect(top).toSatisfy((got) => isClose(got, high));
    }
  });

  test.each(file.decorrelated)("$id", ({ baseMs, capMs, steps: sleeps }) => {
    const policy = backoff({ initialMs: baseMs, capMs, jitter: decorrelated() });
    let state = policy.initial();
    for (const { u, band, delayMs } of sleeps) {
      [state] = policy.step(state, crash(), 0);
      expect(delayOf(policy, state, 0, 0)).toSatisfy((got) => isClose(got, band[0]));
      expect(delayOf(policy, state, 0, 1)).toSatisfy((got) => isClose(got, band[1]));
      expect(delayOf(policy, state, 0, u)).toSatisfy((got) => isClose(got, delayMs));
      [state] = policy.step(state, ask("restart", u), 0);
    }
  });
});

interface AkkaBackoff {
  readonly top: number;
  readonly cases: readonly {
    readonly id: string;
    readonly restartCount: number;
    readonly minBackoffMs: number;
    readonly maxBackoffMs: number;
    readonly randomFactor: number;
    readonly at: { readonly [u: string]: { readonly ms: number } };
  }[];
}

describe("Pekko: akka_backoff, but where its own arithmetic throws and drops the jitter", () => {
  const { cases, top } = golden<AkkaBackoff>(
    new URL("./vectors/akka_backoff.json", import.meta.url),
  );
  const LONGEST_MS = 2 ** 63 / 1e6;

  const judged = cases.filter(({ minBackoffMs, maxBackoffMs, restartCount, randomFactor }) => {
    const uncapped = minBackoffMs * 2 ** restartCount;
    const throws = uncapped >= LONGEST_MS && Number.isFinite(uncapped);
    return !throws && Math.min(maxBackoffMs, uncapped) * (1 + randomFactor) < LONGEST_MS;
  });

  test("most cases are judged", () => {
    expect(judged.length).toBeGreaterThan(cases.length * 0.75);
  });

  test.each(judged)("$id", ({ restartCount, minBackoffMs, maxBackoffMs, randomFactor, at }) => {
    const jitter = proportional({ low: 1, high: 1 + randomFactor, capOrder: "before-jitter" });
    const growth = { initialMs: minBackoffMs, factor: 2, capMs: maxBackoffMs };
    const policy = backoff({ ...growth, jitter, counts: "restarts" });
    const state = counted(policy, restartCount);
    for (const [u, { ms }] of Object.entries(at)) {
      const draw = u === "top" ? top : Number(u);
      expect(delayOf(policy, state, 0, draw)).toSatisfy((got) => isClose(got, ms));
    }
  });
});

interface K8sCrashloop {
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
  const { cases } = golden<K8sCrashloop>(new URL("./vectors/k8s_crashloop.json", import.meta.url));

  /** client-go's Backoff as the kubelet uses it, which is what the preset composes. */
  const kubelet = (initialMs: number, maxMs: number, resetAfterMs: number): BackoffOptions => ({
    curve: exponential({ initialMs, factor: 2, capMs: maxMs, capFirst: false }),
    counts: "restarts",
    firstRestart: "immediate",
    // Strictly longer than resetAfterMs; uptimes are whole.
    resetAfterMs: resetAfterMs + 1,
    jitter: "none",
  });

  // Completed or failed: the kubelet makes no difference.
  test.each(cases)("$id", ({ initialMs, maxMs, resetAfterMs, runs }) => {
    const policy = backoff(kubelet(initialMs, maxMs, resetAfterMs));
    let state = policy.initial();
    for (const [i, { runMs, exitAtMs, delayMs }] of runs.entries()) {
      const exited = i % 2 === 0 ? crash(runMs) : completion(runMs);
      [state] = policy.step(state, exited, exitAtMs);
      expect(delayOf(policy, state, exitAtMs)).toBe(delayMs);
      [state] = policy.step(state, ask("restart"), exitAtMs);
    }
  });
});

test("the error of an option out of range is recognised by its code", () => {
  let caught: unknown;
  try {
    backoff({ factor: 0 });
  } catch (error) {
    caught = error;
  }
  expect(isPolicyOptionsError(caught)).toBe(true);
});
