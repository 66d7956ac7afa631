// What a child process costs under `supervise`, beside `spawn` by hand.
//
// `detached` by hand begins a process group, as the launcher does, so that nothing of a child is left behind.
//
// death: a `sleep` is killed; milliseconds until the id of the next one is known. loop: `true`, again and again;
// restarts per second. host: memory of a host with 100 children, after a collection, and of the lifeline.

import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type SpawnLauncherOptions, spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { median } from "../statistics.ts";
import { type Figures, NotMeasured, type Suite } from "../suite.ts";

const DEATHS = 150;
const LOOPS = 400;
const policy = restartOn("permanent");
const SLEEP = ["sleep", "1000"] as const;
const HOST = fileURLToPath(new URL("../host-of-children.mjs", import.meta.url));

/** Nothing but the group and the exit. */
const LEAST: SpawnLauncherOptions = {
  stderrTail: 0,
  lifeline: false,
  stdout: "ignore",
  stderr: "ignore",
};
const DEFAULTS: SpawnLauncherOptions = {};

const now = () => performance.now();

type Told = (pid: number) => boolean;

/** By hand: the next one is spawned when the last one has exited. `told` hears of each. */
function loopByHand(detached: boolean) {
  return function next(command: readonly string[], told: Told): void {
    const [file = "", ...args] = command;
    const child = spawn(file, args, { stdio: "ignore", detached });
    const more = told(child.pid ?? 0);
    if (more) child.once("exit", () => next(command, told));
    else child.kill("SIGKILL");
  };
}

function loopSupervised(options: SpawnLauncherOptions) {
  return (command: readonly string[], told: Told): void => {
    const [file = "", ...args] = command;
    const handle = supervise(spawnLauncher(file, args, options), {
      policy,
      onEvent(event) {
        if (event.type === "launched" && event.pid && !told(event.pid)) void handle.kill();
      },
    });
  };
}

type Loop = ReturnType<typeof loopByHand>;

async function death(loop: Loop): Promise<number> {
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    let killedAt = 0;
    loop(SLEEP, (pid) => {
      if (killedAt > 0) times.push(now() - killedAt);
      if (times.length === DEATHS) {
        resolve();
        return false;
      }
      setTimeout(() => {
        killedAt = now();
        process.kill(pid, "SIGKILL");
      }, 2); // the child has begun, and the host has nothing else to do
      return true;
    });
  });
  return median(times);
}

async function perSecond(loop: Loop): Promise<number> {
  let launches = 0;
  let from = 0;
  await new Promise<void>((resolve) => {
    loop(["true"], () => {
      launches++;
      if (launches === 50) from = now();
      if (launches < LOOPS + 50) return true;
      resolve();
      return false;
    });
  });
  return LOOPS / ((now() - from) / 1_000);
}

async function restarts(loop: Loop): Promise<Figures> {
  return { death: await death(loop), loop: await perSecond(loop) };
}

/** In a host of its own, of plain JavaScript. */
function host(way: "hand" | "least" | "defaults"): Figures {
  if (process.platform !== "linux") throw new NotMeasured("it reads /proc");
  const output = execFileSync(process.execPath, ["--expose-gc", HOST, way], { encoding: "utf8" });
  return JSON.parse(output) as Figures;
}

export const suite: Suite = {
  name: "processes",
  tables: [
    {
      name: "restart",
      title: "a tiny child: from its death to the next one, and a crash loop",
      figures: { death: { unit: "ms" }, loop: { unit: "restarts/s", digits: 0 } },
      candidates: {
        "spawn by hand": () => restarts(loopByHand(false)),
        "spawn by hand, detached": () => restarts(loopByHand(true)),
        "supervise, no tail, no lifeline": () => restarts(loopSupervised(LEAST)),
        "supervise, defaults": () => restarts(loopSupervised(DEFAULTS)),
      },
      reaches: [
        {
          candidate: "supervise, no tail, no lifeline",
          figure: "death",
          than: "spawn by hand",
          atMost: 1.15,
        },
        {
          candidate: "supervise, no tail, no lifeline",
          figure: "loop",
          than: "spawn by hand",
          atLeast: 0.9,
        },
        { candidate: "supervise, defaults", figure: "death", than: "spawn by hand", atMost: 1.4 },
        { candidate: "supervise, defaults", figure: "loop", than: "spawn by hand", atLeast: 0.75 },
      ],
    },
    {
      name: "host",
      title: "the memory of a host with 100 children",
      figures: {
        mib: { unit: "MiB RSS", digits: 1 },
        each: { unit: "kB a child", digits: 0 },
        lifeline: { unit: "MiB RSS of the lifeline", digits: 1 },
      },
      candidates: {
        "spawn by hand": () => host("hand"),
        "supervise, no tail, no lifeline": () => host("least"),
        "supervise, defaults": () => host("defaults"),
      },
      reaches: [
        {
          candidate: "supervise, no tail, no lifeline",
          figure: "mib",
          than: "spawn by hand",
          atMost: 1.15,
        },
        { candidate: "supervise, defaults", figure: "mib", than: "spawn by hand", atMost: 1.15 },
        { candidate: "supervise, defaults", figure: "lifeline", atMost: 2 },
      ],
    },
  ],
};
