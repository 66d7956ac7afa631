export { isStopRequestedError, StopRequestedError, type TaskStopReason } from "./stop-requested.js";
export type { Task, TaskContext } from "./task.js";
export { taskLauncher } from "./task-launcher.js";
