export type { RetryContext } from "./attempt.js";
export { type Refusal, RefusedError, refusedBy } from "./refused.js";
export { type RetriedTask, retry, retryable } from "./retry.js";
export type { RetryFailure, RetryOptions } from "./retry-options.js";
export { type RetryPolicyOptions, type RetryPolicyState, retryPolicy } from "./retry-policy.js";
export { isStopRequestedError, StopRequestedError, type TaskStopReason } from "./stop-requested.js";
export type { Task, TaskContext } from "./task.js";
export { taskLauncher } from "./task-launcher.js";
export { TimedOutError, type TimeLimit } from "./timed-out.js";
