// Hosts of trees: a signal in the middle of a group restart, and a tree that is handed over.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { gone, lives } from "../adapters/observe.js";

const HOST = fileURLToPath(new URL("./trees/tree-host.mjs", import.meta.url));

interface Line {
  readonly type: string;
  readonly id?: string;
  readonly pid?: number;
  readonly exit?: { readonly kind: string };
  readonly outcome?: { readonly type: string; readonly by?: string };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "steadfast-tree-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

/** Runs the host to its end; `onLine` may signal it. */
async function run(file: string, what: string, signalAt: (line: Line) => NodeJS.Signals | null) {
  const host = spawn(process.execPath, [HOST, file, what], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: Line[] = [];
  createInterface(host.stdout).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    const signal = signalAt(line);
    if (signal) host.kill(signal);
  });
  const [code, signal] = (await once(host, "close")) as [number | null, string | null];
  const pids = lines.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  onTestFinished(() => {
    for (const pid of pids.filter(lives)) process.kill(pid, "SIGKILL");
  });
  return { lines, code, signal, pids };
}

it("18: SIGTERM during a group restart: nobody is launched any more, all end, and the host says so", async () => {
  const file = join(await folder(), "tree.json");
  const ran = await run(file, "group", ({ type }) => (type === "slow" ? "SIGTERM" : null));
  const launched = ran.lines.filter(({ type }) => type === "launched");
  expect(launched.map(({ id }) => id)).toEqual(["process", "slow", "thread"]);
  const ended = ran.lines.find(({ type }) => type === "outcome");
  expect(ended).toMatchObject({ outcome: { type: "stopped", by: "abort" } });
  expect([ran.code, ran.signal]).toEqual([143, null]);
  expect(ran.pids.filter(lives)).toEqual([]);
});

it("19: a host that is killed hands its tree over: what was alive is lost, and starts in order", async () => {
  const file = join(await folder(), "tree.json");
  const first = await run(file, "keep", ({ type }) => (type === "up" ? "SIGKILL" : null));
  expect(first.signal).toBe("SIGKILL");
  for (const pid of first.pids) await gone(pid);
  let ready = 0;
  const second = await run(file, "keep", ({ type }) => {
    if (type === "ready") ready++;
    return type === "ready" && ready === 3 ? "SIGTERM" : null;
  });
  const lost = second.lines.filter(({ exit }) => exit?.kind === "lost");
  expect(new Set(lost.map(({ id }) => id))).toEqual(new Set(["process", "slow", "thread"]));
  const launched = second.lines.filter(({ type }) => type === "launched");
  expect(launched.map(({ id }) => id)).toEqual(["process", "slow", "thread"]);
  expect(second.code).toBe(143);
});

it("20: processes that outlive a host that was killed are ended before the next host launches any", async () => {
  const file = join(await folder(), "tree.json");
  const first = await run(file, "orphans", ({ type }) => (type === "up" ? "SIGKILL" : null));
  expect(first.pids).toHaveLength(3);
  expect(first.pids.filter(lives)).toEqual(first.pids);
  const twice: number[] = [];
  let launched = 0;
  const second = await run(file, "orphans", ({ type }) => {
    if (type !== "launched") return null;
    launched++;
    twice.push(...first.pids.filter(lives));
    return launched === 3 ? "SIGTERM" : null;
  });
  expect(twice).toEqual([]);
  expect(second.pids).toHaveLength(3);
  expect([...first.pids, ...second.pids].filter(lives)).toEqual([]);
});

it("21: a host that is stopped in order hands over what it had saved before", async () => {
  const file = join(await folder(), "tree.json");
  const first = await run(file, "before", ({ type }) => (type === "up" ? "SIGTERM" : null));
  expect(first.code).toBe(143);
  const stopped = first.lines.filter(({ type }) => type === "exited");
  expect(stopped.map(({ id }) => id)).toEqual(["thread", "slow", "process"]);
  expect(first.pids.filter(lives)).toEqual([]);
  let ready = 0;
  const second = await run(file, "keep", ({ type }) => {
    if (type === "ready") ready++;
    return type === "ready" && ready === 3 ? "SIGTERM" : null;
  });
  const launched = second.lines.filter(({ type }) => type === "launched");
  expect(launched.map(({ id }) => id)).toEqual(["process", "slow", "thread"]);
  expect(second.code).toBe(143);
});
