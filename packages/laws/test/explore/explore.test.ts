// Every state of small supervisions: three in the gate, all six of them and more with `pnpm laws`.

import { backoff } from "@steadfast/backoff";
import { allOf, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { type ExploreOptions, exploreSupervision } from "../../src/index.js";

const TIMES = { healthyAfterMs: 1, gracePeriodMs: 1, abandonAfterMs: 1 } as const;
const window = () => slidingWindow({ limit: 2, windowMs: 2 });
const delays = () => backoff({ initialMs: 1, factor: 2, capMs: 2, jitter: "none" });
/** `pnpm laws` sets a larger number of runs than the gate. */
const isLong = Number(process.env.FC_NUM_RUNS ?? 100) > 100;

const small = [
  ["restartOn", restartOn("transient"), TIMES],
  ["a window of 2 in 2 ms", window(), TIMES],
  ["held when refused", restartOn("temporary"), { ...TIMES, onRefused: "hold" }],
] as const;

const large: readonly (readonly [
  string,
  Parameters<typeof exploreSupervision>[0],
  ExploreOptions,
])[] = [
  ["backoff 1 to 2 ms", delays(), TIMES],
  [
    "a window, explicit readiness, heartbeats",
    window(),
    { ...TIMES, readiness: "explicit", readyTimeoutMs: 1, heartbeatTimeoutMs: 1 },
  ],
  ["a window, the operator asked", window(), { ...TIMES, operatorLaunches: "ask" }],
  ["transient, window and backoff", allOf(restartOn("transient"), window(), delays()), TIMES],
  [
    "a probe",
    restartOn("permanent"),
    { ...TIMES, probe: { periodMs: 1, timeoutMs: 1, failures: 2 } },
  ],
  ["recycled", restartOn("permanent"), { ...TIMES, recycle: { ageMs: 2, uses: 2 } }],
  ["a standby", restartOn("permanent"), { ...TIMES, standby: 1 }],
  ["at most 2 ms", delays(), { ...TIMES, maxRunMs: 2, healthyFrom: "ready" }],
  ["2 ms for all", delays(), { ...TIMES, deadlineMs: 2 }],
  ["2 ms for all, held", window(), { ...TIMES, deadlineMs: 2, onRefused: "hold" }],
  [
    "a remote policy",
    {
      name: "store",
      describe: { kind: "store", options: {}, timesMs: [1] },
      ask: () => new Promise<never>(() => {}),
    },
    TIMES,
  ],
];

describe("every state of a supervision with", () => {
  it.each(isLong ? [...small, ...large] : small)(
    "%s",
    { timeout: 600_000 },
    (name, policy, options) => {
      const { findings, isComplete, states, transitions } = exploreSupervision(policy, {
        ...options,
        mostStates: 1_000_000,
      });
      console.log(`${name}: ${states} states, ${transitions} transitions`);
      expect(findings.map(({ story }) => story)).toEqual([]);
      expect(isComplete).toBe(true);
    },
  );
});
