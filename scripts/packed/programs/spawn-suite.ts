// What a launcher promises, as processes keep it.

import { spawnLauncher } from "@steadfast/child-process";
import { holds } from "./suite.js";

const sleep = ["-c", "exec sleep 120"];

export function main(): Promise<void> {
  return holds({
    completes: () => spawnLauncher("true"),
    fails: () => spawnLauncher("false"),
    stopsWhenAsked: () => spawnLauncher("sh", sleep),
    ignoresStop: () => spawnLauncher("sh", sleep, { stopSignal: "SIGURG" }),
    cannotStart: () => spawnLauncher("/there/is/no/such/command"),
    saysReady: () =>
      spawnLauncher("sh", ["-c", "echo up; exec sleep 120"], {
        readyWhen: (line) => line === "up",
        stdout: "ignore",
      }),
  });
}
