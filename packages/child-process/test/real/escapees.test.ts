// Processes that leave the group of a child: found by what they have in their environment.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { afterEach, describe, expect, it, vi } from "vitest";
import { escapees, newMark } from "../../src/escapees.js";
import { type SpawnLauncherOptions, spawnLauncher } from "../../src/index.js";
import { processLine, startTimeOf } from "../../src/process-table.js";
import { info, lives } from "./observe.js";

const escaped: number[] = [];
const others: ChildProcess[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const pid of escaped.splice(0)) if (lives(pid)) process.kill(pid, "SIGKILL");
  for (const other of others.splice(0)) {
    const exit = once(other, "exit");
    other.kill("SIGKILL");
    await exit;
  }
});

/** `setsid` leaves the group first and becomes `sleep` then. */
async function hasLeft(pid: number): Promise<void> {
  const name = () => readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  while (processLine(pid)?.group !== pid || name() !== "sleep") await new Promise(setImmediate);
}

/** A shell that has started somebody who has left its group, and waits for a line then. */
async function left(options: SpawnLauncherOptions = {}) {
  const faults: string[] = [];
  let said = (_pid: number) => {};
  const pidSaid = new Promise<number>((resolve) => {
    said = resolve;
  });
  const code = "setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo $!; wait";
  const live = spawnLauncher("sh", ["-c", code], {
    stdout: { line: (text) => said(Number(text)) },
    stderr: "ignore",
    onFault: (error) => void faults.push((error as Error).message),
    ...options,
  }).launch(info);
  const pid = await pidSaid;
  escaped.push(pid);
  await hasLeft(pid);
  return { live, pid, faults };
}

describe.skipIf(process.platform !== "linux")("who has left the group of a child", () => {
  it.each(["requestStop", "kill"] as const)(
    "is in its exit after a %s, and let be",
    async (order) => {
      const { live, pid, faults } = await left();
      live[order]("stop");
      const exit = await live.exited;
      expect(exit).toMatchObject({ kind: "signalled", escaped: [`${pid} sleep`] });
      expect(lives(pid)).toBe(true);
      expect(faults).toStrictEqual([]);
    },
  );

  it("of a child that nobody asked to end is a fault, and once in a host a warning", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    for (let round = 0; round < 2; round++) {
      const { live, pid, faults } = await left();
      process.kill(Number(live.pid), "SIGKILL");
      expect(await live.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
      while (faults.length === 0) await new Promise(setImmediate);
      const message = `what a child has started has left its group and lives on: ${pid} sleep`;
      expect(faults).toStrictEqual([message]);
      if (round === 0) {
        expect(warned).toHaveBeenCalledExactlyOnceWith(
          message,
          expect.objectContaining({ code: "STEADFAST_ESCAPED" }),
        );
      }
    }
    expect(warned).toHaveBeenCalledTimes(1);
  });

  it("is said of each attempt of its own, through the supervisor", async () => {
    const pids: number[] = [];
    const code = "setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo $!; wait";
    const handle = supervise(
      spawnLauncher("sh", ["-c", code], {
        stdout: { line: (text) => void pids.push(Number(text)) },
      }),
      { policy: restartOn("permanent") },
    );
    const gone = async (count: number) => {
      while (pids.length < count) await new Promise(setImmediate);
      const pid = pids[count - 1] as number;
      escaped.push(pid);
      await hasLeft(pid);
    };
    await gone(1);
    handle.restart();
    await gone(2);
    const { lastExit } = await handle.stop();
    expect(lastExit).toMatchObject({ escaped: [`${pids[1]} sleep`] });
  });

  it("is nobody where what is left behind lives on by choice", async () => {
    const { live } = await left({ killScope: "process" });
    live.requestStop("stop");
    expect(await live.exited).toStrictEqual({ kind: "signalled", signal: "SIGTERM" });
  });

  it("is nobody of another child, of whatever name, and nobody who hides it", async () => {
    const { live, pid } = await left();
    const env = { ...process.env, STEADFAST_ID: "child", STEADFAST_ATTEMPT: "1" };
    for (const mark of [newMark(), "", undefined]) {
      const other = spawn("sleep", ["1000"], {
        detached: true,
        env: { ...env, STEADFAST_GENERATION: "1", STEADFAST_MARK: mark },
        stdio: "ignore",
      });
      await once(other, "spawn");
      others.push(other);
    }
    live.requestStop("stop");
    expect(await live.exited).toMatchObject({ escaped: [`${pid} sleep`] });
  });

  it("is named ten times at most; many who ask at once share one look", async () => {
    const mark = newMark();
    const env = { ...process.env, STEADFAST_MARK: mark };
    for (let i = 0; i < 12; i++) {
      const other = spawn("sleep", ["1000"], { detached: true, env, stdio: "ignore" });
      await once(other, "spawn");
      others.push(other);
    }
    const first = others[0]?.pid as number;
    const lineage = { mark, pid: 1, startTime: String(startTimeOf(first)) };
    const nobody = { ...lineage, mark: newMark() };
    const [many, none] = await Promise.all([escapees(lineage), escapees(nobody)]);
    expect(many).toHaveLength(10);
    expect(none).toStrictEqual([]);
    // Started before the child, nobody is its child's.
    const later = { ...lineage, startTime: String(Number(startTimeOf(first)) + 1_000_000) };
    expect(await escapees(later)).toStrictEqual([]);
  });
});
