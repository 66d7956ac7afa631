// What a child process costs under `supervise`, beside `spawn` by hand.
//
// death: a `sleep` is killed; milliseconds until the id of the next one is known. loop: `true`, again and again;
// restarts per second. host: memory of a host with 100 children, after a collection, and of the lifeline.

import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { type SpawnLauncherOptions, spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { type SupervisorHandle, supervise } from "@steadfast/supervisor";
import { turn } from "../measure.ts";
import { median } from "../statistics.ts";
import { type Figures, NotMeasured, type Suite } from "../suite.ts";

const DEATHS = 150;
const LOOPS = 400;
const CHILDREN = 100;
const policy = restartOn("permanent");
const SLEEP = ["sleep", "1000"] as const;

/** Nothing but the group and the exit. */
const LEAST: SpawnLauncherOptions = {
  stderrTail: 0,
  lifeline: false,
  stdout: "ignore",
  stderr: "ignore",
};
const DEFAULTS: SpawnLauncherOptions = {};

const now = () => performance.now();

/** By hand: the next one is spawned when the last one has exited. `told` hears of each. */
function loopByHand(command: readonly string[], told: (pid: number) => boolean): void {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: "ignore" });
  const more = told(child.pid ?? 0);
  if (more) child.once("exit", () => loopByHand(command, told));
  else child.kill("SIGKILL");
}

function loopSupervised(options: SpawnLauncherOptions) {
  return (command: readonly string[], told: (pid: number) => boolean): void => {
    const [file = "", ...args] = command;
    const handle = supervise(spawnLauncher(file, args, options), {
      policy,
      onEvent(event) {
        if (event.type === "launched" && event.pid && !told(event.pid)) void handle.kill();
      },
    });
  };
}

type Loop = typeof loopByHand;

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

async function hostMib(): Promise<number> {
  for (let i = 0; i < 20; i++) {
    globalThis.gc?.();
    await turn();
  }
  return process.memoryUsage().rss / 1_048_576;
}

/** MiB of what we started besides: the lifeline. */
function lifelineMib(known: ReadonlySet<number>): number {
  let pages = 0;
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!pid || known.has(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[1]) === process.pid) pages += Number(fields[21]);
    } catch {} // gone meanwhile
  }
  return (pages * 4_096) / 1_048_576;
}

async function hostByHand(): Promise<Figures> {
  const children: ChildProcess[] = [];
  const [file, ...args] = SLEEP;
  for (let i = 0; i < CHILDREN; i++) children.push(spawn(file, args, { stdio: "ignore" }));
  const mib = await hostMib();
  for (const child of children) child.kill("SIGKILL");
  return { mib, lifeline: 0 };
}

async function hostSupervised(options: SpawnLauncherOptions): Promise<Figures> {
  if (process.platform !== "linux") throw new NotMeasured("it reads /proc");
  const handles: SupervisorHandle[] = [];
  const [file, ...args] = SLEEP;
  const launcher = spawnLauncher(file, args, options);
  for (let i = 0; i < CHILDREN; i++) handles.push(supervise(launcher, { policy }));
  const mib = await hostMib();
  const pids = new Set(handles.map((handle) => handle.status().pid ?? 0));
  if (pids.has(0)) throw new Error("a child is missing");
  const lifeline = lifelineMib(pids);
  await Promise.all(handles.map((handle) => handle.kill()));
  return { mib, lifeline };
}

export const suite: Suite = {
  name: "processes",
  flags: ["--expose-gc"],
  tables: [
    {
      name: "restart",
      title: "a tiny child: from its death to the next one, and a crash loop",
      figures: { death: { unit: "ms" }, loop: { unit: "restarts/s", digits: 0 } },
      candidates: {
        "spawn by hand": () => restarts(loopByHand),
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
        lifeline: { unit: "MiB RSS of the lifeline", digits: 1 },
      },
      candidates: {
        "spawn by hand": hostByHand,
        "supervise, no tail, no lifeline": () => hostSupervised(LEAST),
        "supervise, defaults": () => hostSupervised(DEFAULTS),
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
