export { type AsynSuperviseOptions, asynSupervise } from "./asyn-supervise.js";
export { type CaGatewayOptions, caGateway } from "./ca-gateway.js";
export { type CircusOptions, circus } from "./circus.js";
export type {
  ContainerRestartOptions,
  ContainerRestartPolicy,
  ContainerRestartRule,
} from "./container-restart.js";
export { type DockerOptions, type DockerRestart, docker } from "./docker.js";
export { type DockerSwarmOptions, dockerSwarm } from "./docker-swarm.js";
export { type EpicsProcservOptions, epicsProcserv } from "./epics-procserv.js";
export { type EpicsSuperviseOptions, epicsSupervise } from "./epics-supervise.js";
export { type KubernetesOptions, kubernetes } from "./kubernetes.js";
export { type LaunchdOptions, launchd } from "./launchd.js";
export type { LaunchdConditions } from "./launchd-policy.js";
export { type NomadOptions, nomad } from "./nomad.js";
export { type OtpIntensityOptions, otpIntensity } from "./otp-intensity.js";
export { type PekkoOptions, pekko } from "./pekko.js";
export { type PekkoOneForOneOptions, pekkoOneForOne } from "./pekko-one-for-one.js";
export { type Pm2Options, pm2 } from "./pm2.js";
export type { Preset } from "./preset.js";
export { type ProcessComposeOptions, processCompose } from "./process-compose.js";
export type { ProcesskitOptions } from "./processkit.js";
export { type Processkit3Options, processkit3 } from "./processkit-3.js";
export { type Processkit07Options, processkit07 } from "./processkit-07.js";
export { type ProcessmanagerOptions, processmanager } from "./processmanager.js";
export type { EpicsProcservState, EpicsRestartMode } from "./restart-mode.js";
export {
  type RunningProcessRecoveryOptions,
  runningProcessRecovery,
} from "./running-process-recovery.js";
export { type RunningProcessSpawnOptions, runningProcessSpawn } from "./running-process-spawn.js";
export { type RunpmOptions, runpm } from "./runpm.js";
export type { RunningProcessSpawnState } from "./storm-signal.js";
export { type SupervisordOptions, supervisord } from "./supervisord.js";
export { type SutureOptions, suture } from "./suture.js";
export { type SystemdOptions, systemd } from "./systemd.js";
export { type SystemdRestartOptions, systemdRestart } from "./systemd-restart.js";
export type { SystemdRestartDelayOptions } from "./systemd-restart-delay.js";
export { type SystemdRestartStepsOptions, systemdRestartSteps } from "./systemd-restart-steps.js";
export type { SystemdRestart, SystemdRestartTableOptions } from "./systemd-restart-table.js";
export { type SystemdStartLimitOptions, systemdStartLimit } from "./systemd-start-limit.js";
export type { SystemdStartRateOptions } from "./systemd-start-rate.js";
export type { SystemdStopOptions } from "./systemd-stop.js";
export type { TokioSlotOptions, TokioSlotPreset } from "./tokio-slot.js";
export { tokioSlotLoop } from "./tokio-slot-loop.js";
export { tokioSlotState } from "./tokio-slot-state.js";
export {
  type VscodeLanguageClientOptions,
  vscodeLanguageClient,
} from "./vscode-language-client.js";
