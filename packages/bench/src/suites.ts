// All suites, by name. Each is loaded by the process that needs it, and by no other.

import type { Suite } from "./suite.ts";

type Load = () => Promise<{ readonly suite: Suite }>;

const SUITES: Readonly<Record<string, Load>> = {
  window: () => import("./suites/window.ts"),
  policies: () => import("./suites/policies.ts"),
  keyed: () => import("./suites/keyed.ts"),
  slot: () => import("./suites/slot.ts"),
  retry: () => import("./suites/retry.ts"),
  attempts: () => import("./suites/attempts.ts"),
  restarts: () => import("./suites/restarts.ts"),
  handles: () => import("./suites/handles.ts"),
  tree: () => import("./suites/tree.ts"),
  processes: () => import("./suites/processes.ts"),
  threads: () => import("./suites/threads.ts"),
  pool: () => import("./suites/pool.ts"),
  standby: () => import("./suites/standby.ts"),
  output: () => import("./suites/output.ts"),
  scaling: () => import("./suites/scaling.ts"),
};

export const suiteNames: readonly string[] = Object.keys(SUITES);

export async function suiteOf(name: string): Promise<Suite> {
  const load = SUITES[name];
  if (!load) throw new Error(`no suite "${name}"; there are: ${suiteNames.join(", ")}`);
  return (await load()).suite;
}
