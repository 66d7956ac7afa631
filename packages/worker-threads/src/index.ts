export { type WorkerEnd, workerExit } from "./worker-exit.js";
export { type WorkerFactory, workerLauncher } from "./worker-launcher.js";
export type { WorkerLaunchOptions, WorkerThreadOptions } from "./worker-options.js";
