// What a launcher promises, as worker threads keep it. The worker: role.ts.

import { workerLauncher } from "@steadfast/worker-threads";
import { holds } from "./suite.js";

export function main(): Promise<void> {
  const at = (file: string) => new URL(file, `file://${process.cwd()}/`);
  const worker = (role: string) => workerLauncher(at("role.mjs"), { workerData: role });
  return holds({
    completes: () => worker("completes"),
    fails: () => worker("fails"),
    stopsWhenAsked: () => worker("waits"),
    ignoresStop: () => worker("ignores"),
    cannotStart: () => workerLauncher(at("there-is-no-such-module.mjs")),
    saysReady: () => worker("ready"),
  });
}
