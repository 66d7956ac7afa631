// Presets of all systems under drawn options, and drawn lives of a child: how long it runs, how it
// ends, how long after its time a restart is asked for. Runs and waits mix 0, 1, the times that matter
// to the preset, those +-1, and long silence.

import type { Exit, Millis } from "@steadfast/policy";
import fc from "fast-check";
import {
  circus,
  docker,
  dockerSwarm,
  kubernetes,
  type LaunchdConditions,
  launchd,
  nomad,
  otpIntensity,
  type Preset,
  pekko,
  pekkoOneForOne,
  pm2,
  processCompose,
  supervisord,
  suture,
  systemd,
  systemdRestart,
  systemdRestartSteps,
  systemdStartLimit,
  vscodeLanguageClient,
} from "../src/index.js";
import { COMPLETED, CRASH, NOT_STARTED } from "./asking.js";

const few = fc.integer({ min: 0, max: 3 });
const times = fc.constantFrom(0, 1, 250, 1_000, 10_000);
const delays = fc.constantFrom(0, 0.5, 100, 1_000);
const fixed = fc.boolean();
const table = {
  restart: fc.constantFrom("always", "on-failure", "on-success", "on-abnormal"),
  restartForceExitStatus: fc.constantFrom([], [0], ["SIGTERM"]),
} as const;
const rate = { startLimitIntervalMs: times, startLimitBurst: few };
const steps = {
  restartMs: delays,
  restartSteps: few,
  restartMaxDelayMs: fc.constantFrom(null, 0, 3_000),
};

/** The options of the systems whose rewrites are drawn with them. */
export const drawn = {
  nomad: fc
    .record({
      jobType: fc.constantFrom("service", "batch"),
      attempts: fc.integer({ min: 0, max: 3 }),
      intervalMs: fc.constantFrom(5_000, 30_000),
      delayMs: fc.constantFrom(0, 0.5, 250, 1_000),
      mode: fc.constantFrom("fail", "delay"),
    })
    .filter(({ attempts, mode }) => attempts > 0 || mode === "fail"),
  dockerSwarm: fc.record({
    condition: fc.constantFrom("any", "any", "on-failure", "none"),
    delayMs: delays,
    maxAttempts: few,
    windowMs: times,
  }),
  processCompose: fc.record({
    restart: fc.constantFrom("always", "on_failure", "exit_on_failure", "no", "always"),
    backoffMs: fc.constantFrom(0, 1_000, 3_000),
    maxRestarts: few,
    successExitCodes: fc.constantFrom([], [42], [1, 3]),
  }),
  vscodeLanguageClient: fc.record({ maxRestartCount: few }),
  launchd: fc.record({
    keepAlive: fc.constantFrom<boolean | LaunchdConditions>(
      true,
      true,
      false,
      { successfulExit: false },
      { successfulExit: true },
      { crashed: false },
      { successfulExit: true, crashed: true },
    ),
    throttleIntervalMs: fc.constantFrom(0, 1_000, 10_000),
  }),
  circus: fc.record({
    attempts: few,
    windowMs: times,
    retryInMs: times,
    maxRetry: fc.integer({ min: -1, max: 2 }),
    checkDelayMs: fc.constantFrom(0, 5_000),
  }),
} as const;

export const systems: readonly [string, fc.Arbitrary<Preset>][] = [
  ["nomad", drawn.nomad.map(nomad)],
  ["dockerSwarm", drawn.dockerSwarm.map(dockerSwarm)],
  ["processCompose", drawn.processCompose.map(processCompose)],
  ["vscodeLanguageClient", drawn.vscodeLanguageClient.map(vscodeLanguageClient)],
  ["circus", drawn.circus.map(circus)],
  ["launchd", drawn.launchd.map(launchd)],
  [
    "otpIntensity",
    fc
      .record({
        intensity: few,
        periodMs: fc.constantFrom(1_000, 5_000),
        restart: fc.constantFrom("permanent", "transient", "temporary"),
      })
      .map(otpIntensity),
  ],
  ["systemdRestart", fc.record(table).map(systemdRestart)],
  ["systemdStartLimit", fc.record({ ...rate, restartMs: delays }).map(systemdStartLimit)],
  ["systemdRestartSteps", fc.record(steps).map(systemdRestartSteps)],
  ["systemd", fc.record({ ...table, ...rate, ...steps }).map(systemd)],
  [
    "kubernetes",
    fc
      .record({
        restartPolicy: fc.constantFrom("Always", "OnFailure", "Never"),
        initialMs: delays,
        maxMs: times,
        resetAfterMs: times,
      })
      .map(kubernetes),
  ],
  [
    "docker",
    fc
      .record({
        restart: fc.constantFrom("no", "always", "on-failure", "on-failure:2"),
        fixed,
      })
      .map(docker),
  ],
  [
    "supervisord",
    fc
      .record({
        startMs: times,
        startRetries: fc.integer({ min: -1, max: 3 }),
        autorestart: fc.constantFrom<boolean | "unexpected">(true, false, "unexpected"),
      })
      .map(supervisord),
  ],
  [
    "suture",
    fc
      .record({
        failureDecayMs: times,
        failureThreshold: fc.constantFrom(0, 0.7, 1.5, 2),
        failureBackoffMs: times,
        backoffJitter: fc.constantFrom("default", "none"),
      })
      .map(suture),
  ],
  [
    "pekko",
    fc
      .record({
        minBackoffMs: fc.constantFrom(1, 250, 3_000),
        maxBackoffMs: fc.constantFrom(1, 5_000),
        randomFactor: fc.constantFrom(0, 0.2, 1),
        maxNrOfRetries: fc.integer({ min: -1, max: 3 }),
        autoResetMs: fc.constantFrom(null, 0, 1_000),
        on: fc.constantFrom("stop", "failure"),
        fixed,
      })
      .map(pekko),
  ],
  [
    "pekkoOneForOne",
    fc
      .record({
        maxNrOfRetries: fc.integer({ min: -1, max: 3 }),
        withinTimeRangeMs: fc.constantFrom(null, 0, 1, 1_000),
      })
      .map(pekkoOneForOne),
  ],
  [
    "pm2",
    fc
      .record({
        autorestart: fc.constantFrom(true, true, true, false),
        maxRestarts: few,
        minUptimeMs: times,
        restartDelayMs: delays,
        expBackoffRestartDelayMs: delays,
        stopExitCodes: fc.constantFrom([], [0]),
        fixed,
      })
      .map(pm2),
  ],
];

/** One attempt and what follows it. */
export interface Act {
  readonly uptimeMs: Millis;
  readonly exit: Exit;
  readonly draw: number;
  /** What happens while it runs. */
  readonly meanwhile: "healthy" | "reset" | "operator" | null;
  /** How long after it was allowed it is launched. */
  readonly lateMs: Millis;
}

const exits = fc.oneof(
  { arbitrary: fc.constant(CRASH), weight: 6 },
  {
    arbitrary: fc.constantFrom<Exit>(
      COMPLETED,
      NOT_STARTED,
      { kind: "failed", code: 42 },
      { kind: "signalled", signal: "SIGTERM" },
      { kind: "signalled", signal: "SIGKILL" },
      { kind: "unhealthy", reason: "heartbeat-stale" },
      { kind: "lost" },
      { kind: "cancelled" },
    ),
    weight: 2,
  },
);

export function actsOf({ policy }: Preset): fc.Arbitrary<readonly Act[]> {
  const matter = policy.describe.timesMs.flatMap((ms) => [ms, ms + 1, Math.max(0, ms - 1)]);
  const anyTime = fc.oneof(
    { arbitrary: fc.constantFrom(0, 1, 7), weight: 3 },
    { arbitrary: fc.constantFrom(...matter, 100), weight: 2 },
    { arbitrary: fc.constantFrom(1e6, 1e10), weight: 1 },
  );
  const act = fc.record({
    uptimeMs: anyTime,
    exit: exits,
    draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    meanwhile: fc.oneof(
      { arbitrary: fc.constant(null), weight: 8 },
      { arbitrary: fc.constantFrom("healthy", "reset", "operator"), weight: 1 },
    ),
    lateMs: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, { arbitrary: anyTime, weight: 1 }),
  }) as fc.Arbitrary<Act>;
  return fc.array(act, { minLength: 1, maxLength: 14 });
}
