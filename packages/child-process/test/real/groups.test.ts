import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  forkLauncher,
  type KillScope,
  type LiveProcess,
  processLauncher,
  spawnLauncher,
} from "../../src/index.js";
import { fixture, info, lives, messagesOf } from "./observe.js";

interface Grandchild {
  readonly pid: number;
  readonly port: number;
}

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (lives(pid)) process.kill(pid, "SIGKILL");
});

/** A child with a grandchild that ignores SIGTERM, holds a port, and holds the child's stderr. */
async function family(killScope: KillScope, where = "same-group") {
  const child = forkLauncher(fixture("parent.mjs"), [where], {
    execArgv: [],
    killScope,
    stderr: "ignore",
  }).launch(info);
  const next = messagesOf(child);
  const grandchild = (await next()) as Grandchild;
  started.push(Number(child.pid), grandchild.pid);
  return { child, grandchild, next };
}

/** Rejects with EADDRINUSE while somebody holds the port. */
async function take(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
  await once(server, "close");
}

describe("a child that ignores SIGTERM", () => {
  it("is ended by kill, and both are harmless afterwards", async () => {
    const child = forkLauncher(fixture("speaker.mjs")).launch(info);
    const next = messagesOf(child);
    await next();
    child.send?.({ act: "ignore-sigterm" });
    expect(await next()).toBe("deaf");
    child.requestStop("stop");
    expect(await next()).toBe("SIGTERM ignored");
    child.requestStop("stop");
    child.kill();
    child.kill();
    child.requestStop("stop");
    expect(await child.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
    child.kill();
    child.requestStop("stop");
  });

  it("hears one signal, however often it is asked", async () => {
    const child = forkLauncher(fixture("speaker.mjs")).launch(info);
    const next = messagesOf(child);
    await next();
    child.send?.({ act: "ignore-sigterm" });
    await next();
    child.requestStop("stop");
    child.requestStop("restart");
    expect(await next()).toBe("SIGTERM ignored");
    child.send?.({ act: "echo", with: "after" });
    expect(await next()).toStrictEqual({ echo: "after" });
    child.kill();
    await child.exited;
  });
});

describe("the stop signal", () => {
  it("is SIGTERM, or the one that was chosen", async () => {
    for (const stopSignal of ["SIGTERM", "SIGUSR2"] as const) {
      const child = forkLauncher(fixture("speaker.mjs"), [], { stopSignal }).launch(info);
      await messagesOf(child)();
      child.requestStop("stop");
      expect(await child.exited).toStrictEqual({ kind: "signalled", signal: stopSignal });
    }
  });
});

describe("who hears the stop signal", () => {
  it("is the whole group (group)", async () => {
    const { child, next } = await family("group");
    child.send?.({ act: "ignore-sigterm" });
    await next();
    child.requestStop("stop");
    const heard = [await next(), await next()];
    expect(heard).toContainEqual({ parent: "SIGTERM" });
    expect(heard).toContainEqual({ grandchild: "SIGTERM" });
    child.kill();
    await child.exited;
  });

  it.each(["mixed", "process"] as const)("is the child alone (%s)", async (killScope) => {
    const { child, next } = await family(killScope);
    child.send?.({ act: "ignore-sigterm" });
    await next();
    child.requestStop("stop");
    expect(await next()).toStrictEqual({ parent: "SIGTERM" });
    child.send?.({ act: "ask", with: "anything else?" });
    expect(await next()).toStrictEqual({ grandchild: "anything else?" });
    child.kill();
    await child.exited;
  });
});

describe("what a child leaves behind", () => {
  it.each(["group", "mixed"] as const)("is gone when a stop is over (%s)", async (killScope) => {
    const { child, grandchild } = await family(killScope);
    expect(child.reach).toBe("group");
    expect(lives(grandchild.pid)).toBe(true);
    await expect(take(grandchild.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    child.requestStop("stop");
    expect(await child.exited).toMatchObject({ kind: "signalled", signal: "SIGTERM" });
    expect(lives(grandchild.pid)).toBe(false);
    await take(grandchild.port);
  });

  it.each(["group", "mixed"] as const)("is gone when a kill is over (%s)", async (killScope) => {
    const { child, grandchild } = await family(killScope);
    child.kill();
    expect(await child.exited).toMatchObject({ kind: "signalled", signal: "SIGKILL" });
    expect(lives(grandchild.pid)).toBe(false);
    await take(grandchild.port);
  });

  it.each(["group", "mixed"] as const)("is gone when a crash is over (%s)", async (killScope) => {
    const { child, grandchild } = await family(killScope);
    child.send?.({ act: "crash", with: 7 });
    expect(await child.exited).toStrictEqual({
      kind: "failed",
      code: 7,
      stderrTail: ["parent: crashing"],
    });
    expect(lives(grandchild.pid)).toBe(false);
    await take(grandchild.port);
  });

  it("lives on where only the process was meant, and does not keep the exit waiting", async () => {
    const { child, grandchild } = await family("process");
    expect(child.reach).toBe("process");
    child.send?.({ act: "crash", with: 7 });
    expect(await child.exited).toMatchObject({ kind: "failed", code: 7 });
    expect(lives(grandchild.pid)).toBe(true);
    await expect(take(grandchild.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it.each([
    ["a stop", (child: LiveProcess) => child.requestStop("stop")],
    ["a kill", (child: LiveProcess) => child.kill()],
    ["a crash", (child: LiveProcess) => child.send?.({ act: "crash", with: 7 })],
  ])("lives on in a session of its own, holding the pipe, after %s", async (_what, end) => {
    const { child, grandchild } = await family("group", "own-session");
    end(child);
    expect(await child.exited).toMatchObject({
      kind: expect.stringMatching(/^(signalled|failed)$/),
    });
    expect(lives(grandchild.pid)).toBe(true);
    await expect(take(grandchild.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("a shell", () => {
  it("leads a group, so that its command ends with it", async () => {
    const pids: number[] = [];
    const command = `"${process.execPath}" -e "console.log(process.pid); setInterval(() => {}, 1e3)" & wait`;
    const child = spawnLauncher(command, [], {
      shell: true,
      stdout: "ignore",
      readyWhen(line) {
        pids.push(Number(line));
        return true;
      },
    }).launch(info);
    await new Promise((resolve) => child.onSignal(resolve));
    started.push(...pids);
    expect(pids.map(lives)).toStrictEqual([true]);
    child.kill();
    expect(await child.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
    expect(pids.map(lives)).toStrictEqual([false]);
  });
});

describe("a child that a factory made", () => {
  const args = [
    "-e",
    "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1e3)",
  ];

  async function made(detached: boolean, killScope?: KillScope) {
    const faults: unknown[] = [];
    const child = processLauncher(() => spawn(process.execPath, args, { detached }), {
      readyWhen: (line) => line === "up",
      onFault: (error) => faults.push(error),
      ...(killScope ? { killScope } : {}),
    }).launch(info);
    started.push(Number(child.pid));
    await new Promise((resolve) => child.onSignal(resolve));
    return { child, faults };
  }

  it.each([
    ["is signalled alone unless it is said to lead a group", true, undefined, "process", 0],
    ["is signalled alone where it shares a group, whatever is said", false, "group", "process", 1],
    ["is signalled with its group where it leads one", true, "group", "group", 0],
    ["shares a group and nobody said otherwise", false, undefined, "process", 0],
  ] as const)("%s", async (_why, detached, killScope, reach, faultCount) => {
    const { child, faults } = await made(detached, killScope);
    expect(child.reach).toBe(reach);
    expect(faults).toHaveLength(faultCount);
    child.requestStop("stop");
    child.kill();
    expect(await child.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
  });
});
