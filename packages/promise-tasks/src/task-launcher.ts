import { PolicyOptionsError } from "@steadfast/policy";
import type { Launcher } from "@steadfast/supervisor";
import { liveTask } from "./live-task.js";
import type { Task, TaskContext } from "./task.js";

const OWNER = "taskLauncher";

const HINT = "a task is the only argument; limits and restarts are options of supervise";

/**
 * Makes a launcher of a function: every attempt is one call of it.
 *
 * Decides how a call ended: a value is `completed`, what is thrown or rejected is `failed` with that
 * very value, a rejection because the signal fired is `cancelled`, and a task that was killed is
 * `abandoned`, since a promise cannot be ended by force.
 * At the edge: the call is made in the microtask after `launch`, so nothing it throws escapes
 * `launch`; if a stop or a kill comes before that, the call is not made at all.
 * Effect: one AbortController per attempt; no timer, and no listener on anything of the caller's.
 *
 * @since 0.1.0
 * @throws PolicyOptionsError if `task` is no function, or if there is a second argument: the first option of
 * it is named.
 * @example
 * const launcher = taskLauncher(async () => 42);
 * const child = launcher.launch({ id: "answer", attempt: 1, generation: 0, cause: "start", failures: 0 });
 * await child.exited; // => { kind: "completed", value: 42 }
 */
export function taskLauncher<Value>(task: Task<Value>): Launcher<Value>;
export function taskLauncher<Answer>(
  task: (context: TaskContext) => Answer,
): Launcher<Awaited<Answer>>;
export function taskLauncher<Value>(task: Task<Value>, options?: unknown): Launcher<Value> {
  if (typeof task !== "function") {
    throw new PolicyOptionsError(OWNER, "task", "a function", task);
  }
  if (options !== undefined) refuseOptions(options);
  return { launch: (info) => liveTask(task, info) };
}

/** A second argument is meant for somebody else. Of an object the first option is named. */
function refuseOptions(options: unknown): never {
  const [option = "options"] =
    typeof options === "object" && options !== null ? Object.keys(options) : [];
  throw new PolicyOptionsError(OWNER, option, "left out", typeof options, HINT);
}
