// How fast a gigabyte of output goes through each way that `@steadfast/child-process` has for it, and how far
// memory grows meanwhile, beside `child | cat`. Each way in a host of its own, whose stdout is read by a `cat`.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figures, Reach, Suite } from "../suite.ts";
import { MIBS, WRITER } from "../writer.ts";

/** A disk has a rate of its own. */
const MEMORY = "/dev/shm";
const HOST = fileURLToPath(new URL("../output-host.ts", import.meta.url));

/** Each way, with the least share of `child | cat` that it means to reach; nothing is promised of 0. */
const WAYS: Readonly<Record<string, number>> = {
  inherit: 0.95,
  "inherit, through the host": 0,
  "file, the child's own": 0.45,
  "file, rotated at 64 MiB": 0.45,
  line: 0.25,
  prefix: 0.15,
};

async function measured(way: string): Promise<Figures> {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "steadfast-bench-"));
  try {
    const command = '"$0" "$1" "$2" "$3" | cat > /dev/null';
    const host = spawn("sh", ["-c", command, process.execPath, HOST, way, folder], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    for await (const piece of host.stderr) said += String(piece);
    const { seconds, grown } = JSON.parse(said) as { seconds: number; grown: number };
    return { rate: MIBS / seconds, grown };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `child | cat`, from the start of the child on. */
async function baseline(): Promise<Figures> {
  const start = process.hrtime.bigint();
  const command = '"$0" -e "$1" | cat > /dev/null';
  const shell = spawn("sh", ["-c", command, process.execPath, WRITER], { stdio: "ignore" });
  await new Promise((resolve) => shell.once("exit", resolve));
  return { rate: MIBS / (Number(process.hrtime.bigint() - start) / 1e9), grown: 0 };
}

const ways = Object.keys(WAYS).map((way) => [way, () => measured(way)] as const);
const reaches = Object.entries(WAYS).flatMap(([candidate, atLeast]): Reach[] =>
  atLeast === 0 ? [] : [{ candidate, figure: "rate", than: "child | cat", atLeast }],
);

export const suite: Suite = {
  name: "output",
  tables: [
    {
      name: "gigabyte",
      title: "a gigabyte of output",
      figures: {
        rate: { unit: "MiB/s", digits: 0 },
        grown: { unit: "MiB of memory", digits: 0 },
      },
      candidates: { "child | cat": baseline, ...Object.fromEntries(ways) },
      reaches,
    },
  ],
};
