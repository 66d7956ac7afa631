// Calling a launcher, and sorting what comes of it.

import type { Exit } from "@steadfast/policy";
import { ContractError, isProgrammingError } from "./errors.js";
import type { Launcher, LaunchInfo, LiveChild } from "./launcher.js";

/** A child, or why there is none. */
export type Start<Value> =
  | { readonly type: "alive"; readonly child: LiveChild<Value> }
  /** The system refused: an ordinary exit, which the policy judges. */
  | { readonly type: "refused"; readonly exit: Exit<Value> }
  /** The launcher was misused or is faulty: retrying cannot help. */
  | { readonly type: "fault"; readonly error: unknown };

export function startChild<Value>(launcher: Launcher<Value>, info: LaunchInfo): Start<Value> {
  try {
    const child: LiveChild<Value> | undefined = launcher.launch(info);
    if (typeof child?.exited?.then !== "function") {
      const error = new ContractError(
        "launcher",
        "launch() must return a child with a promise `exited`",
      );
      return { type: "fault", error };
    }
    return { type: "alive", child };
  } catch (error) {
    if (isProgrammingError(error)) return { type: "fault", error };
    return { type: "refused", exit: { kind: "spawn-failed", error } };
  }
}
