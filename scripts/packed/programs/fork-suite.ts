// What a launcher promises, as forked modules keep it. The module: forked.ts.

import { forkLauncher } from "@steadfast/child-process";
import { holds } from "./suite.js";

export function main(): Promise<void> {
  const fork = (role: string, options = {}) => forkLauncher("forked.mjs", [role], options);
  return holds({
    completes: () => fork("completes"),
    fails: () => fork("fails"),
    stopsWhenAsked: () => fork("waits"),
    ignoresStop: () => fork("waits", { stopSignal: "SIGURG" }),
    cannotStart: () => fork("completes", { execPath: "/there/is/no/such/command" }),
    saysReady: () => fork("ready"),
  });
}
