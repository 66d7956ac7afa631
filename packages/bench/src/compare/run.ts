// Runs scenarios: each side in a process of its own, one after the other, since peers hang and threads spin. A side
// that has no answer when its time is over is killed, and that is its answer.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { manifestOf } from "../peers.ts";
import type { Row, Said, Scenario, Side } from "./scenario.ts";

const SIDE = fileURLToPath(new URL("side.ts", import.meta.url));
const DEADLINE_MS = 60_000;

/** What the process printed last, or how it ended without a word. */
export function saidOf(stdout: string, code: string | number, isLate: boolean): Said {
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(last) as Said;
  } catch {
    const did = isLate ? `no answer after ${DEADLINE_MS / 1_000} s` : `the host ended: ${code}`;
    return { did, isRight: false };
  }
}

function run(name: string, side: Side): Promise<Said> {
  return new Promise((resolve, reject) => {
    const settings = { timeout: DEADLINE_MS, killSignal: "SIGKILL" } as const;
    execFile(process.execPath, [SIDE, name, side], settings, (error, stdout, stderr) => {
      if (error?.code === 70) reject(new Error(`${name}, ${side}: ${stderr}`));
      resolve(saidOf(stdout, error?.signal ?? error?.code ?? 0, error?.killed === true));
    });
  });
}

export async function compared({ name, peer }: Scenario): Promise<Row> {
  const { version } = manifestOf(peer);
  return { name, version, theirs: await run(name, "theirs"), ours: await run(name, "ours") };
}
