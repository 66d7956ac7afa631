import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { spawnLauncher } from "../../src/index.js";
import { startTimeOf } from "../../src/process-table.js";
import { fixture, lives } from "./observe.js";

interface Snapshot {
  readonly at: number;
  readonly supervision: { readonly seat: { pid: number; startTime?: string } };
}

/** The snapshot of a host that was killed with its service alive. */
async function killedHost(lifeline: boolean, asked = "/dev/null"): Promise<Snapshot> {
  const args = [fixture("handover-host.mjs"), `${lifeline}`, asked];
  const host = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [piece] = (await once(host.stdout, "data")) as [Buffer];
  const exit = once(host, "exit");
  host.kill("SIGKILL");
  await exit;
  return JSON.parse(String(piece)) as Snapshot;
}

/** Whether a group lived when its successor was launched. */
async function handedOver(snapshot: unknown, group: number, lifeline: boolean) {
  const service = spawnLauncher("sh", ["-c", "sleep 1000"], { lifeline });
  const alive: boolean[] = [];
  const kinds: string[] = [];
  const handle = supervise(
    {
      ...service,
      launch(info) {
        alive.push(livesGroup(group));
        return service.launch(info);
      },
    },
    {
      id: "service",
      policy: restartOn("permanent"),
      snapshot,
      onEvent: (event) => void (event.type === "exited" && kinds.push(event.exit.kind)),
    },
  );
  for await (const { type } of handle.events()) if (type === "ready") break;
  await handle.stop();
  return { alive, kinds };
}

function livesGroup(pgid: number): boolean {
  try {
    return process.kill(-pgid, 0) && lives(pgid);
  } catch {
    return false;
  }
}

const SAME = { STEADFAST_ID: "service", STEADFAST_ATTEMPT: "1", STEADFAST_GENERATION: "0" };
/** No process has this number. */
const NO_HOST = `${2 ** 30}.0.1`;

describe.skipIf(process.platform !== "linux")("a service whose host was killed", () => {
  it.each([true, false])("does not run twice: lifeline %s", async (lifeline) => {
    const snapshot = await killedHost(lifeline);
    const { pid } = snapshot.supervision.seat;
    if (!lifeline) expect(lives(pid)).toBe(true);
    const { alive, kinds } = await handedOver(snapshot, pid, lifeline);
    expect(alive).toStrictEqual([false]);
    expect(kinds).toStrictEqual(["lost", "signalled"]);
  });

  it("is asked before it is killed, also where it is stopped", async () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
    const asked = join(folder, "asked");
    const taken = await killedHost(false, asked);
    const { pid } = taken.supervision.seat;
    process.kill(-pid, "SIGSTOP");
    expect((await handedOver(taken, pid, false)).alive).toStrictEqual([false]);
    expect(existsSync(asked)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it.each([true, false])(
    "does not run twice either if the clock of that host was behind: start time known %s",
    async (isKnown) => {
      const taken = await killedHost(false);
      const { seat } = taken.supervision;
      expect(seat.startTime).toBe(startTimeOf(seat.pid));
      if (!isKnown) delete seat.startTime;
      const snapshot = { ...taken, at: taken.at - 3_600_000 };
      expect((await handedOver(snapshot, seat.pid, false)).alive).toStrictEqual([false]);
    },
  );

  // Of the same name and attempt, of another host: it was started after the snapshot was taken, or at another time.
  it.each([
    ["of nobody", {}, 0],
    ["that looks the same, but for its start time", { ...SAME, STEADFAST_MARK: NO_HOST }, null],
    ["that looks the same", SAME, 60_000],
    ["of a host that lives", { ...SAME, STEADFAST_MARK: `${process.pid}.0.1` }, 60_000],
  ])("does not touch a process %s that has the number by now", async (_, env, agoMs) => {
    const taken = await killedHost(true);
    const { seat } = taken.supervision;
    if (agoMs !== null) delete seat.startTime;
    const snapshot = { ...taken, at: taken.at - (agoMs ?? 0) };
    const other: ChildProcess = spawn("sleep", ["1000"], {
      detached: true,
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
    await once(other, "spawn");
    const pid = Number(other.pid);
    seat.pid = pid;
    expect((await handedOver(snapshot, pid, false)).alive).toStrictEqual([true]);
    expect(lives(pid)).toBe(true);
    const exit = once(other, "exit");
    other.kill("SIGKILL");
    await exit;
  });
});
