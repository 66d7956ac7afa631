// Every preset by its name. A new one does not compile without a place here.

import {
  asynSupervise,
  caGateway,
  circus,
  docker,
  dockerSwarm,
  epicsProcserv,
  epicsSupervise,
  kubernetes,
  launchd,
  nomad,
  otpIntensity,
  type Preset,
  pekko,
  pekkoOneForOne,
  pm2,
  processCompose,
  processkit3,
  processkit07,
  processmanager,
  runningProcessRecovery,
  runningProcessSpawn,
  runpm,
  supervisord,
  suture,
  systemd,
  systemdRestart,
  systemdRestartSteps,
  systemdStartLimit,
  tokioSlotLoop,
  tokioSlotState,
  vscodeLanguageClient,
} from "@steadfast/presets";

type Presets = typeof import("@steadfast/presets");

/**
 * The names of the presets.
 * @since 0.1.0
 */
export type PresetName = {
  [Name in keyof Presets]: Presets[Name] extends (...args: never[]) => { readonly policy: unknown }
    ? Name
    : never;
}[keyof Presets];

export const presets: { readonly [Name in PresetName]: (options: never) => Preset } = {
  asynSupervise,
  caGateway,
  circus,
  docker,
  dockerSwarm,
  epicsProcserv,
  epicsSupervise,
  kubernetes,
  launchd,
  nomad,
  otpIntensity,
  pekko,
  pekkoOneForOne,
  pm2,
  processCompose,
  processkit07,
  processkit3,
  processmanager,
  runningProcessRecovery,
  runningProcessSpawn,
  runpm,
  supervisord,
  suture,
  systemd,
  systemdRestart,
  systemdRestartSteps,
  systemdStartLimit,
  tokioSlotLoop,
  tokioSlotState,
  vscodeLanguageClient,
};

/** Options that are functions, and so stand in no document. */
export const PREDICATES: readonly string[] = ["stopWhen", "giveUpWhen"];

/** The names, for messages. */
export const presetNames = (): readonly string[] => Object.keys(presets);
