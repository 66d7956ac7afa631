import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { memoryCheck, spawnLauncher } from "../../src/index.js";
import { info } from "./observe.js";

const quiet = { stdout: "ignore", stderr: "ignore" } as const;
const MIB = 1_048_576;
const hoard =
  "const all = Buffer.alloc(300 << 20, 1); console.log('full'); setInterval(() => all, 1e3)";

describe.skipIf(process.platform !== "linux")("the memory of a group", () => {
  it("is that of all its processes, and of nobody else", async () => {
    const child = spawnLauncher("sh", ["-c", `"${process.execPath}" -e "${hoard}" & wait`], {
      ...quiet,
      readyWhen: (line) => line === "full",
    }).launch(info);
    await new Promise((resolve) => child.onSignal(resolve));
    const about = { id: "a", attempt: 1, generation: 1, pid: Number(child.pid) };
    const { signal } = new AbortController();
    expect(await memoryCheck(300 * MIB)(about, signal)).toBe(false);
    expect(await memoryCheck(2_000 * MIB)(about, signal)).toBe(true);
    child.kill();
    await child.exited;
    expect(await memoryCheck(1)(about, signal)).toBe(true);
  });

  it("that is too much ends the child as unhealthy", async () => {
    const handle = supervise(spawnLauncher(process.execPath, ["-e", hoard], quiet), {
      policy: restartOn("temporary"),
      probe: { check: memoryCheck(200 * MIB), periodMs: 20, timeoutMs: 60_000, failures: 1 },
    });
    expect((await handle.outcome).lastExit).toMatchObject({
      kind: "unhealthy",
      reason: "probe-failed",
    });
  });
});
