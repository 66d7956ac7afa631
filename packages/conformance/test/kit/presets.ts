// Every preset, in what its source knows. A preset without rows does not compile.

import * as presets from "@steadfast/presets";
import type { Row } from "./cores.js";

type Presets = typeof presets;

/** The names of all that makes a preset. */
type PresetName = {
  [Name in keyof Presets]: Presets[Name] extends (...args: never[]) => { readonly policy: unknown }
    ? Name
    : never;
}[keyof Presets];

type Made<Name extends PresetName> = readonly (readonly [
  said: string,
  preset: ReturnType<Presets[Name]>,
  options?: Row[2],
])[];

const FIRST_TRIP = {
  "refusal-costs-nothing":
    "the first refusal of a storm is told apart from the later ones, as in the source",
};
const DRAWN_ONCE = {
  "refusal-costs-nothing": "how long a pause lasts is drawn with the first request in it, and kept",
};

const rows: { readonly [Name in PresetName]: Made<Name> } = {
  asynSupervise: [
    ["defaults", presets.asynSupervise()],
    ["2 in 1 s", presets.asynSupervise({ maxRestarts: 2, restartWindowMs: 1_000 })],
  ],
  caGateway: [
    ["defaults", presets.caGateway()],
    [
      "2 in 20 s",
      presets.caGateway({ nRestarts: 2, restartIntervalMs: 20_000, restartDelayMs: 3_000 }),
    ],
  ],
  circus: [
    ["defaults", presets.circus()],
    [
      "3 in 2 min, 5 min of pause, for ever",
      presets.circus({
        attempts: 3,
        windowMs: 120_000,
        retryInMs: 300_000,
        maxRetry: -1,
        checkDelayMs: 0,
      }),
    ],
  ],
  docker: [
    ["defaults", presets.docker()],
    ["on-failure, 3 times", presets.docker({ restart: "on-failure:3" })],
    ["fixed", presets.docker({ fixed: true })],
  ],
  dockerSwarm: [
    ["defaults", presets.dockerSwarm()],
    ["3 ever", presets.dockerSwarm({ maxAttempts: 3, condition: "on-failure" })],
    ["2 in 1 min", presets.dockerSwarm({ maxAttempts: 2, windowMs: 60_000, delayMs: 100 })],
  ],
  epicsProcserv: [
    ["defaults", presets.epicsProcserv()],
    ["2 in 1 min", presets.epicsProcserv({ maxRestarts: 2, windowMs: 60_000 })],
    ["one run", presets.epicsProcserv({ restartMode: "oneShot" })],
  ],
  epicsSupervise: [
    ["defaults", presets.epicsSupervise()],
    ["none", presets.epicsSupervise({ maxRestarts: 0 })],
    ["3 in 1 s", presets.epicsSupervise({ maxRestarts: 3, windowMs: 1_000, delayMs: 100 })],
  ],
  kubernetes: [
    ["defaults", presets.kubernetes()],
    ["on failure", presets.kubernetes({ restartPolicy: "OnFailure" })],
    ["2 s on the node", presets.kubernetes({ maxMs: 2_000 })],
    [
      "rules",
      presets.kubernetes({
        containerRestartPolicy: "Never",
        restartPolicyRules: [
          { action: "Restart", exitCodes: { operator: "NotIn", values: [0, 42] } },
        ],
      }),
    ],
    ["KEP-4603", presets.kubernetes({ initialMs: 1_000, maxMs: 60_000, resetAfterMs: 600_000 })],
  ],
  launchd: [
    ["defaults", presets.launchd()],
    ["kept alive", presets.launchd({ keepAlive: true })],
    [
      "after a failure, every 3 s",
      presets.launchd({ keepAlive: { successfulExit: false }, throttleIntervalMs: 3_000 }),
    ],
  ],
  nomad: [
    ["defaults", presets.nomad()],
    ["batch", presets.nomad({ jobType: "batch", delayMs: 100 })],
    ["delay", presets.nomad({ attempts: 2, intervalMs: 10_000, delayMs: 500, mode: "delay" })],
  ],
  otpIntensity: [
    ["defaults", presets.otpIntensity()],
    [
      "3 in 5 s, transient",
      presets.otpIntensity({ intensity: 3, periodMs: 5_000, restart: "transient" }),
    ],
  ],
  pekko: [
    ["defaults", presets.pekko()],
    ["no random factor", presets.pekko({ randomFactor: 0, maxNrOfRetries: 4 })],
    ["fixed", presets.pekko({ fixed: true })],
  ],
  pekkoOneForOne: [
    ["defaults", presets.pekkoOneForOne()],
    ["3 in 1 s", presets.pekkoOneForOne({ maxNrOfRetries: 3, withinTimeRangeMs: 1_000 })],
  ],
  pm2: [
    ["defaults", presets.pm2()],
    ["backoff", presets.pm2({ expBackoffRestartDelayMs: 100 })],
    ["fixed", presets.pm2({ fixed: true })],
  ],
  processCompose: [
    ["defaults", presets.processCompose()],
    ["on failure, 3 times", presets.processCompose({ restart: "on_failure", maxRestarts: 3 })],
    ["always", presets.processCompose({ restart: "always", backoffMs: 5_000 })],
  ],
  processkit3: [
    ["defaults", presets.processkit3()],
    ["fixed", presets.processkit3({ fixed: true })],
  ],
  processkit07: [
    ["defaults", presets.processkit07()],
    ["2 restarts, no jitter", presets.processkit07({ maxRestarts: 2, jitter: false })],
    ["fixed", presets.processkit07({ fixed: true })],
  ],
  processmanager: [
    ["defaults", presets.processmanager()],
    ["literal", presets.processmanager({ literal: true, factor: 0 })],
    ["fixed", presets.processmanager({ fixed: true })],
  ],
  runningProcessRecovery: [
    ["defaults", presets.runningProcessRecovery()],
    ["no window", presets.runningProcessRecovery({ budgetWindowMs: 0, literal: true })],
  ],
  runningProcessSpawn: [
    ["defaults", presets.runningProcessSpawn(), { skip: FIRST_TRIP }],
    [
      "1 attempt",
      presets.runningProcessSpawn({ maxAttempts: 1, windowMs: 1_000 }),
      { skip: FIRST_TRIP },
    ],
  ],
  runpm: [
    ["defaults", presets.runpm()],
    ["3 restarts", presets.runpm({ maxRestarts: 3 })],
  ],
  supervisord: [
    ["defaults", presets.supervisord()],
    ["always, 1 retry", presets.supervisord({ autorestart: true, startRetries: 1 })],
  ],
  suture: [
    ["defaults", presets.suture(), { skip: DRAWN_ONCE }],
    ["no jitter", presets.suture({ backoffJitter: "none", failureThreshold: 2 })],
  ],
  systemd: [
    ["defaults", presets.systemd()],
    ["steps", presets.systemd({ restart: "always", restartSteps: 5, restartMaxDelayMs: 60_000 })],
    ["for life", presets.systemd({ restart: "always", startLimitIntervalMs: Infinity })],
  ],
  systemdRestart: [
    ["defaults", presets.systemdRestart()],
    ["on abnormal", presets.systemdRestart({ restart: "on-abnormal" })],
  ],
  systemdRestartSteps: [
    ["defaults", presets.systemdRestartSteps()],
    ["steps", presets.systemdRestartSteps({ restartSteps: 5, restartMaxDelayMs: 60_000 })],
  ],
  systemdStartLimit: [
    ["defaults", presets.systemdStartLimit()],
    ["3 in 1 s", presets.systemdStartLimit({ startLimitBurst: 3, startLimitIntervalMs: 1_000 })],
  ],
  tokioSlotLoop: [
    ["defaults", presets.tokioSlotLoop()],
    ["2 in 1 s", presets.tokioSlotLoop({ limit: 2, windowMs: 1_000 })],
  ],
  tokioSlotState: [
    ["defaults", presets.tokioSlotState()],
    ["2 in 1 s", presets.tokioSlotState({ limit: 2, windowMs: 1_000 })],
  ],
  vscodeLanguageClient: [
    ["defaults", presets.vscodeLanguageClient()],
    ["one", presets.vscodeLanguageClient({ maxRestartCount: 1 })],
  ],
};

export const presetRows: readonly Row[] = Object.entries(rows).flatMap(([name, made]) =>
  made.map(([said, { policy }, options = {}]): Row => [`${name}: ${said}`, policy, options]),
);
