// How fast a gigabyte of output goes through each way that `@steadfast/child-process` has for it, and how far
// memory grows meanwhile, beside `child | cat`. Run by `pnpm bench` on the built packages; each way in a host of its
// own, whose stdout is read by a `cat`. Rates are the best of three.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SpawnLauncherOptions, spawnLauncher } from "@steadfast/child-process";

const MIB = 1_048_576;
const MIBS = 1_024;
const ROUNDS = 3;

/** Lines of 100 bytes, in blocks as large as a pipe. */
const CHILD = `
  const fs = require("fs");
  const block = Buffer.alloc(65_500, "x".repeat(99) + "\\n");
  for (let left = ${MIBS * MIB}; left > 0; left -= block.length)
    for (let at = 0; at < block.length; ) at += fs.writeSync(1, block, at);`;

/** A disk has a rate of its own. */
const MEMORY = "/dev/shm";

const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "steadfast-bench-"));

const ways: Record<string, readonly [SpawnLauncherOptions, least: number]> = {
  inherit: [{}, 0.95],
  // Nothing is promised of it.
  "inherit, through the host": [{ readyWhen: () => false }, 0],
  "file, the child's own": [{ stdout: { file: join(folder, "own") } }, 0.45],
  "file, rotated at 64 MiB": [
    { stdout: { file: { path: join(folder, "log"), maxBytes: 64 * MIB, keep: 1 } } },
    0.45,
  ],
  line: [{ stdout: { line() {} } }, 0.25],
  prefix: [{ stdout: { prefix: true } }, 0.15],
};

async function runWay(options: SpawnLauncherOptions): Promise<void> {
  const info = { id: "web", attempt: 1, generation: 1, cause: "start", failures: 0 } as const;
  const before = process.resourceUsage().maxRSS;
  const start = process.hrtime.bigint();
  await spawnLauncher(process.execPath, ["-e", CHILD], options).launch(info).exited;
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const grown = (process.resourceUsage().maxRSS - before) / 1_024;
  process.stderr.write(JSON.stringify({ seconds, grown }));
}

interface Measured {
  readonly seconds: number;
  readonly grown: number;
}

/** The host's own file, with a way's name, piped into `cat`. */
async function measured(way: string): Promise<Measured> {
  const self = fileURLToPath(import.meta.url);
  const host = spawn(
    "sh",
    ["-c", '"$0" "$1" "$2" | cat > /dev/null', process.execPath, self, way],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  for await (const piece of host.stderr) said += String(piece);
  return JSON.parse(said) as Measured;
}

/** `child | cat`, measured in the same way: from the start of the child on. */
async function baseline(): Promise<Measured> {
  const start = process.hrtime.bigint();
  const shell = spawn("sh", ["-c", '"$0" -e "$1" | cat > /dev/null', process.execPath, CHILD], {
    stdio: "ignore",
  });
  await new Promise((resolve) => shell.once("exit", resolve));
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, grown: 0 };
}

async function best(run: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) all.push(await run());
  return {
    seconds: Math.min(...all.map(({ seconds }) => seconds)),
    grown: Math.max(...all.map(({ grown }) => grown)),
  };
}

async function main(): Promise<void> {
  const plain = await best(baseline);
  const rate = (seconds: number) => `${Math.round(MIBS / seconds)} MiB/s`;
  console.log(`child | cat: ${rate(plain.seconds)}`);
  for (const [way, [, least]] of Object.entries(ways)) {
    const { seconds, grown } = await best(() => measured(way));
    const share = plain.seconds / seconds;
    const verdict = share >= least ? "" : "  BELOW";
    console.log(
      `${way}: ${rate(seconds)}, ${share.toFixed(2)} of it (at least ${least}), memory +${Math.round(grown)} MiB${verdict}`,
    );
  }
  rmSync(folder, { recursive: true });
}

const way = ways[process.argv[2] ?? ""];
if (way) await runWay(way[0]);
else await main();
