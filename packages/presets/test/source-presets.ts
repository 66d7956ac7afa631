// The presets of the five sources in several settings each, for what every policy must keep.

import type { RestartPolicy } from "@steadfast/policy";
import {
  asynSupervise,
  caGateway,
  epicsProcserv,
  epicsSupervise,
  type Preset,
  processkit3,
  processkit07,
  processmanager,
  runningProcessRecovery,
  runningProcessSpawn,
  runpm,
  tokioSlotLoop,
  tokioSlotState,
} from "../src/index.js";

export interface Setting {
  readonly policy: RestartPolicy;
  /** What the instants of a run may be shifted by. Null: it knows an absolute instant. */
  readonly shiftUnitMs: number | null;
}

function of<State>({ policy }: Preset<State>, shiftUnitMs: number | null = 1): Setting {
  return { policy: policy as RestartPolicy, shiftUnitMs };
}

/** By preset; the settings of one read each other's states. */
export const SETTINGS: Readonly<Record<string, readonly Setting[]>> = {
  epicsSupervise: [
    of(epicsSupervise({ maxRestarts: 3, windowMs: 60_000 })),
    of(epicsSupervise({ maxRestarts: 0 })),
    of(epicsSupervise({ maxRestarts: 2, windowMs: 0, delayMs: 0.5 })),
  ],
  epicsProcserv: [
    of(epicsProcserv({ maxRestarts: 2, windowMs: 40_000 })),
    of(epicsProcserv()),
    of(epicsProcserv({ restartMode: "disabled" }), null),
    of(epicsProcserv({ restartMode: "oneShot", maxRestarts: 3 })),
  ],
  caGateway: [
    of(caGateway({ nRestarts: 3, restartIntervalMs: 30_000 }), 1_000),
    of(caGateway({ nRestarts: 1_000, restartDelayMs: 1_500 }), 1_000),
  ],
  asynSupervise: [
    of(asynSupervise({ maxRestarts: 1 })),
    of(asynSupervise({ restartWindowMs: 100 })),
  ],
  processmanager: [
    of(processmanager({ initialMs: 100, maxMs: 1_000 })),
    of(processmanager({ factor: 0, literal: true })),
    of(processmanager({ fixed: true, maxMs: 1_000 })),
  ],
  processkit07: [
    of(processkit07({ maxRestarts: 3 })),
    of(processkit07({ restart: "always", fixed: true, maxBackoffMs: 1_000 })),
    of(processkit07({ restart: "never", stopWhen: (_, ordinal) => ordinal % 3 === 0 })),
  ],
  processkit3: [
    of(
      processkit3({
        restart: "always",
        stormPauseMs: 1_000,
        failureThreshold: 2,
        maxBackoffMs: 900,
      }),
    ),
    of(processkit3({ maxRestarts: 4, jitter: false, stormPauseMs: 300, failureThreshold: 0 })),
    of(processkit3({ giveUpWhen: ({ kind }) => kind === "spawn-failed", fixed: true })),
  ],
  tokioSlotState: [
    of(tokioSlotState({ limit: 3, windowMs: 1_000, restartPolicy: "permanent" })),
    of(tokioSlotState({ limit: 0 })),
  ],
  tokioSlotLoop: [
    of(tokioSlotLoop({ limit: 2, windowMs: 1_000 })),
    of(tokioSlotLoop({ restartPolicy: "permanent", maxDelayMs: 50 })),
  ],
  runningProcessRecovery: [
    of(runningProcessRecovery()),
    of(runningProcessRecovery({ budgetWindowMs: 100, retryBackoffMs: 300 })),
    of(runningProcessRecovery({ budgetWindowMs: 0, literal: true })),
  ],
  runningProcessSpawn: [
    of(runningProcessSpawn()),
    of(runningProcessSpawn({ maxAttempts: 1, windowMs: 50 })),
    of(runningProcessSpawn({ maxAttempts: 0, windowMs: 0 })),
  ],
  runpm: [
    of(runpm({ maxRestarts: 2 })),
    of(runpm()),
    of(runpm({ autorestart: false, restartDelayMs: 7, minUptimeMs: 20 })),
  ],
};
