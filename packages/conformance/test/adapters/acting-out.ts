// Real children that act out the stories of @steadfast/laws: one launcher per kind of child.

import { openSync } from "node:fs";
import { forkLauncher, spawnLauncher } from "@steadfast/child-process";
import type { LauncherTrace, RawEnd, RawScript } from "@steadfast/laws";
import { type TaskContext, taskLauncher } from "@steadfast/promise-tasks";
import type { Launcher } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import { program, workerModule } from "./paths.js";

export type Kind = "process" | "thread" | "task";

const quiet = { stdout: "ignore", stderr: "ignore" } as const;
/** More than the kernel takes as one argument: spawn throws E2BIG. */
const TOO_LONG = "x".repeat(3_000_000);

const MAKERS: { readonly [K in Kind]: (script: RawScript) => Launcher } = {
  process(script) {
    if (script.start === "throws") return spawnLauncher("true", [TOO_LONG], quiet);
    const path = script.start === "refuses" ? { execPath: "/nowhere/node" } : {};
    return forkLauncher(program("children/trace.mjs"), [JSON.stringify(script)], {
      ...quiet,
      ...path,
    });
  },
  thread(script) {
    if (script.start === "refuses") return workerLauncher(workerModule("nowhere.mjs"));
    if (script.start === "throws") {
      return workerLauncher(() => {
        openSync("/nowhere/log", "r");
        throw new Error("there is a /nowhere here");
      });
    }
    return workerLauncher(workerModule("trace.mjs"), { workerData: script });
  },
  task: (script) => taskLauncher((context) => actOut(script, context)),
};

/** A launcher whose n-th child does what the n-th attempt says. */
export function actingOut(kind: Kind, { attempts }: LauncherTrace): Launcher {
  return {
    launch: (info) => MAKERS[kind](attempts[info.attempt - 1]?.child ?? {}).launch(info),
  };
}

async function actOut(script: RawScript, context: TaskContext): Promise<unknown> {
  const { says = [], runMs = null, end = { code: 0 }, stopMs = 0, stopEnd = { code: 0 } } = script;
  const asked = new Promise<void>((resolve) => {
    if (stopMs !== null) context.signal.addEventListener("abort", () => resolve());
  });
  for (const { signal } of says) {
    if (signal.type === "ready") context.ready();
    else if (signal.type === "not-ready") context.notReady();
    else if (signal.type === "heartbeat") context.heartbeat();
    else throw new TypeError(`a task cannot say ${signal.type}`);
  }
  if (runMs !== null) return finish(end);
  await asked;
  return finish(stopEnd);
}

/** What stands for a code in a task: a value or an error. */
function finish(end: RawEnd): unknown {
  if ("value" in end) return end.value;
  if ("code" in end && end.code === 0) return 0;
  throw new Error(JSON.stringify(end));
}
