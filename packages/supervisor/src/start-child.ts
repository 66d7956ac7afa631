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
  | { readonly type: "misused" | "faulty"; readonly error: unknown };

export function startChild<Value>(launcher: Launcher<Value>, info: LaunchInfo): Start<Value> {
  let child: LiveChild<Value> | undefined;
  try {
    child = launcher.launch(info);
  } catch (error) {
    if (isProgrammingError(error)) return { type: "misused", error };
    return { type: "refused", exit: { kind: "spawn-failed", error } };
  }
  if (isChild(child)) return { type: "alive", child };
  const message = "launch() must return a child with a promise `exited`";
  return { type: "faulty", error: new ContractError("launcher", message) };
}

function isChild<Value>(child: LiveChild<Value> | undefined): child is LiveChild<Value> {
  try {
    return typeof child?.exited?.then === "function";
  } catch {
    return false;
  }
}
