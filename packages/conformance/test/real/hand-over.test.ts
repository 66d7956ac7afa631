// A real supervisor is killed, and the next one goes on from what it had saved: no budget is forgotten,
// no deadline moved.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const HOST = fileURLToPath(new URL("./hosts/hand-over-host.mjs", import.meta.url));

interface Line {
  readonly type: string;
  readonly at: number;
  readonly attempt: number;
  readonly pid?: number;
  readonly retryAfterMs?: number;
  readonly exit?: { readonly kind: string };
  readonly outcome?: { readonly type: string; readonly reason: string; readonly attempts: number };
}

/** Runs the host until it ends, or until it is killed by the listener. */
async function run(file: string, onLine: (line: Line, host: ChildProcess) => void = () => {}) {
  const host = spawn(process.execPath, [HOST, file], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: Line[] = [];
  createInterface(host.stdout).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    onLine(line, host);
  });
  await once(host, "close");
  return lines;
}

it("is shown by killing a real supervisor and starting the next", async () => {
  const folder = await mkdtemp(join(tmpdir(), "steadfast-hand-over-"));
  const file = join(folder, "snapshot.json");
  const orphans: number[] = [];
  try {
    const first = await run(file, ({ type, attempt, pid }, host) => {
      if (type !== "launched" || attempt !== 2) return;
      if (pid !== undefined) orphans.push(pid);
      host.kill("SIGKILL");
    });
    expect(first.filter(({ type }) => type === "launched")).toHaveLength(2);

    const second = await run(file);
    const told = second.map(({ type }) => type).filter((type) => !type.startsWith("journal"));
    // The attempt that was alive is lost; of three launches in ten minutes one was left.
    expect(second.find(({ type }) => type === "exited")).toMatchObject({
      exit: { kind: "lost" },
      attempt: 2,
    });
    expect(told[0]).toBe("exited");
    expect(told.filter((type) => type === "launched")).toHaveLength(1);
    expect(second.at(-1)?.outcome).toMatchObject({
      type: "refused",
      reason: "window-full",
      attempts: 3,
    });
    // The next launch would be allowed ten minutes after the very first one of the dead supervisor.
    const admitted = first.find(({ type }) => type === "journal: launch");
    const refusal = second.find(({ type }) => type === "refused");
    expect((refusal?.at ?? 0) + (refusal?.retryAfterMs ?? 0)).toBe((admitted?.at ?? 0) + 600_000);
  } finally {
    for (const pid of orphans) process.kill(-pid, "SIGKILL");
    await rm(folder, { recursive: true });
  }
});
