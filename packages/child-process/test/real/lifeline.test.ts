// Hosts that end without having stopped their children. That nobody is left is seen at a pipe that all of them
// hold: it ends with the last one.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { LIFELINE_SCRIPT } from "../../src/lifeline-script.js";
import { startTimeOf } from "../../src/process-table.js";
import { fixture, lives } from "./observe.js";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);
const SIDE_BY_SIDE = 5;
/** Some of 140 hosts take their 2 s until SIGKILL, on a machine that may do much else. */
const LONG_MS = 300_000;
/** Children and grandchildren of the host with this seed: see its fixture. */
const membersOf = (seed: number) => 2 * (1 + ((seed * 7_919) % 3));

/** Runs all seeds, some side by side. */
async function everySeed(run: (seed: number) => Promise<void>): Promise<void> {
  const left = [...SEEDS];
  const next = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) await run(seed);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
}

/** A process closes its files before it is seen to be dead; of somebody else's there is no event, so this looks every turn. */
async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(lives)) await new Promise(setImmediate);
}

/** What the host said, when nobody is left who holds its stderr. */
async function lastOf(host: ChildProcess): Promise<{ pids: number[]; lines: string[] }> {
  const lines: string[] = [];
  const closed = once(host, "close");
  host.stderr?.resume();
  if (host.stdout)
    for await (const line of createInterface({ input: host.stdout })) lines.push(line);
  await closed;
  const pids = JSON.parse(lines[0] ?? "[]") as number[];
  await gone(pids);
  return { pids, lines };
}

describe("nobody is left of a host that ends by", () => {
  it.concurrent.each(["SIGKILL", "SIGTERM", "SIGHUP", "exit", "throw", "terminate"])(
    "%s",
    async (way) => {
      let families = 0;
      await everySeed(async (seed) => {
        const host = spawn(process.execPath, [fixture("lifeline-host.mjs"), way, `${seed}`]);
        const { pids, lines } = await lastOf(host);
        expect(pids.length).toBeGreaterThanOrEqual(2);
        if (way === "terminate") expect(lines[1]).toBe("gone while the host lives");
        families += pids.length / 2;
      });
      expect(families).toBeGreaterThan(SEEDS.length);
    },
    LONG_MS,
  );

  it.concurrent(
    "node --watch, save after save, each with another seed",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
      const save = (seed: number) =>
        writeFileSync(join(folder, "saved.mjs"), `export const seed = "${seed}";`);
      save(0);
      writeFileSync(
        join(folder, "main.mjs"),
        `import { seed } from "./saved.mjs";
       process.argv[3] = seed;
       await import(${JSON.stringify(fixture("lifeline-host.mjs"))});`,
      );
      const host = spawn(process.execPath, ["--watch", join(folder, "main.mjs"), "watch", "0"]);
      const closed = once(host, "close");
      const families: number[][] = [];
      host.stderr.resume();
      for await (const line of createInterface({ input: host.stdout })) {
        if (!line.startsWith("[")) continue;
        families.push(JSON.parse(line) as number[]);
        if (families.length < SEEDS.length) save(families.length);
        else host.kill("SIGTERM");
      }
      await closed;
      // As many as each seed has: none was run twice, none left out.
      expect(families.map((pids) => pids.length)).toStrictEqual(SEEDS.map(membersOf));
      await gone(families.flat());
      rmSync(folder, { recursive: true });
    },
    LONG_MS,
  );
});

it("only the leader is ended where only the process was meant", async () => {
  const host = spawn(process.execPath, [fixture("lifeline-host.mjs"), "process", "3"]);
  const lines: string[] = [];
  for await (const line of createInterface({ input: host.stdout })) lines.push(line);
  const [[leader = 0, grandchild = 0], [lifeline]] = lines.map((line) =>
    JSON.parse(line.replaceAll("'", "")),
  ) as [number[], [number]];
  await gone([leader, lifeline]);
  expect(lives(grandchild)).toBe(true);
  process.kill(grandchild, "SIGKILL");
});

it("nobody is left where the lifeline was ended alone before, three times", async () => {
  const host = spawn(process.execPath, [fixture("lifeline-host.mjs"), "alone", "1"]);
  const { pids } = await lastOf(host);
  expect(pids).toHaveLength(membersOf(1));
});

describe("the lifeline", () => {
  const shell = () =>
    spawn("/bin/sh", ["-c", 'eval "$SCRIPT"'], {
      env: { PATH: process.env.PATH, SCRIPT: LIFELINE_SCRIPT },
      stdio: ["pipe", "inherit", "inherit"],
    });
  const idle = (code = "sleep 1000") =>
    spawn("sh", ["-c", `${code} & echo up; wait`], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
  const up = async (child: ChildProcess) => {
    if (child.stdout) await once(child.stdout, "data");
    return Number(child.pid);
  };

  it("does not touch a number that belongs to another process by now", async () => {
    const other = idle();
    const pid = await up(other);
    const line = shell();
    const ended = once(line, "close");
    line.stdin?.end(`+ ${pid} g 1\n+ ${pid} p 1\n+ 5000000 p 1\n`);
    expect((await ended)[0]).toBe(0);
    expect(lives(pid)).toBe(true);
    process.kill(-pid, "SIGKILL");
    await once(other, "close");
  });

  it("lets be what was taken back, and ends the leader alone where that was asked for", async () => {
    const [kept, single] = [idle(), idle("(trap '' HUP; exec sleep 1000)")];
    const [first, second] = [await up(kept), await up(single)];
    const line = shell();
    line.stdin?.write(`+ ${first} g -\n+ ${second} p ${startTimeOf(second)}\n- ${first}\n`);
    line.stdin?.end();
    const exit = once(single, "exit");
    await once(line, "close");
    expect((await exit)[1]).toBe("SIGTERM");
    expect(lives(first)).toBe(true);
    expect(() => process.kill(-second, 0)).not.toThrow(); // its sleep lives on
    for (const pid of [first, second]) process.kill(-pid, "SIGKILL");
    await Promise.all([once(kept, "close"), once(single, "close")]);
  });

  it("wakes who is stopped, so that it hears", async () => {
    const stopped = idle();
    const pid = await up(stopped);
    process.kill(-pid, "SIGSTOP");
    const exit = once(stopped, "exit");
    const line = shell();
    line.stdin?.end(`+ ${pid} g -\n`);
    expect((await exit)[1]).toBe("SIGTERM");
    await once(line, "close");
  });

  it("reaches a group whose leader is gone", async () => {
    const leader = spawn("sh", ["-c", "sleep 1000 & exit 0"], {
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const pid = Number(leader.pid);
    const held = once(leader, "close"); // the sleep holds the pipe
    await once(leader, "exit");
    const line = shell();
    line.stdin?.end(`+ ${pid} g 7\n`);
    await Promise.all([held, once(line, "close")]);
  });

  it.skipIf(process.platform !== "linux")("takes at most 2 MB", async () => {
    const line = shell();
    line.stdin?.write(Array.from({ length: 500 }, (_, i) => `+ ${4_000_000 + i} g 1\n`).join(""));
    const other = idle();
    line.stdin?.write(`+ ${await up(other)} g -\n`);
    const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${line.pid}/status`, "latin1"))?.[1];
    expect(Number(rss)).toBeGreaterThan(0);
    expect(Number(rss)).toBeLessThanOrEqual(2_048);
    const [gone] = [once(other, "close")];
    line.stdin?.end();
    await Promise.all([gone, once(line, "close")]);
  });
});
