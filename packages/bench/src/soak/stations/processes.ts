// Child processes: they end in every way, leave children of their own behind, do not hear, or do not exist.

import { fileURLToPath } from "node:url";
import {
  type ForkLauncherOptions,
  forkLauncher,
  type ProcessLauncher,
  spawnLauncher,
} from "@steadfast/child-process";
import { supervise } from "@steadfast/supervisor";
import { livedAndEnded, ownSignal } from "../ended.ts";
import { MARK } from "../processes-of-ours.ts";
import type { Life, World } from "../world.ts";
import { randomOptions } from "./tasks.ts";

const CHILD = fileURLToPath(new URL("../child.mjs", import.meta.url));

const SCRIPTS: readonly string[] = [
  "exit 0",
  "exit 3",
  "sleep 0.2",
  "sleep 30",
  "kill -9 $$",
  "kill -TERM $$",
  "sleep 30 & exit 1",
  "trap '' TERM; sleep 5",
  "echo out; echo err >&2; sleep 0.1; exit 1",
  "yes | head -c 200000 >&2; exit 1",
];

function launcherOf(world: World): ProcessLauncher {
  const { chance } = world;
  const common = {
    env: { [MARK]: world.mark },
    stderrTail: chance.pick([0, 20]),
    lifeline: chance.happens(0.7),
    killScope: chance.pick(["group", "mixed"] as const),
    stdout: chance.happens(0.5) ? "ignore" : { line() {} },
    stderr: { line() {} },
  } satisfies ForkLauncherOptions;
  if (chance.happens(0.03)) return spawnLauncher("/there/is/no/such/command", [], common);
  if (chance.happens(0.25)) {
    world.count("process: fork");
    return forkLauncher(CHILD, [], { ...common, heartbeat: "message" });
  }
  world.count("process: spawn");
  return spawnLauncher("sh", () => ["-c", chance.pick(SCRIPTS)], common);
}

export const randomProcess = launcherOf;

export const supervisedProcesses: Life = async (world) => {
  const { signal, abort } = ownSignal();
  const both = AbortSignal.any([signal, world.controller.signal]);
  const handle = supervise(launcherOf(world), {
    ...randomOptions(world),
    id: "process",
    signal: both,
  });
  await livedAndEnded(world, handle, abort);
};

/** With one that is up already. */
export const standbys: Life = async (world) => {
  const launcher = forkLauncher(CHILD, [], {
    env: { [MARK]: world.mark },
    stdout: "ignore",
    stderr: { line() {} },
  });
  const { signal, abort } = ownSignal();
  const options = { ...randomOptions(world), id: "standby", standby: 1, signal };
  await livedAndEnded(world, supervise(launcher, options), abort);
};
