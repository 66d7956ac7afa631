import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { leadsGroup, processGroup } from "../../src/process-group.js";

const idle = (detached: boolean): ChildProcess =>
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1e3)"], { detached, stdio: "ignore" });

describe("leadsGroup", () => {
  it.each([true, false])("a child spawned with detached: %s", async (detached) => {
    const child = idle(detached);
    const exit = once(child, "exit");
    expect(leadsGroup(Number(child.pid))).toBe(detached);
    child.kill("SIGKILL");
    await exit;
    expect(leadsGroup(Number(child.pid))).toBe(false);
  });
});

describe.each(["linux", "darwin"] as const)("processGroup, as %s looks at it", (platform) => {
  it("lives until its only member was reaped, and then takes no signal", async () => {
    const child = idle(true);
    const exit = once(child, "exit");
    const group = processGroup(Number(child.pid), platform);
    expect(await group.look()).toBe("alive");
    expect(group.reach("SIGKILL")).toBe(true);
    await exit;
    expect(await group.look()).toBe("empty");
    expect(group.reach("SIGKILL")).toBe(false);
  });
});
