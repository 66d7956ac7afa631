import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { launch, restartOn, restartPolicy } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import {
  forkLauncher,
  type KillScope,
  type LiveProcess,
  processLauncher,
  spawnLauncher,
} from "../../src/index.js";
import { fixture, info, lives, messagesOf, signalsOf } from "./observe.js";

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
    readyWhen: (line) => line === "orphan",
  }).launch(info);
  const signals = signalsOf(child);
  const next = async (): Promise<unknown> => {
    const signal = await signals();
    return signal.type === "message" ? signal.message : signal.type;
  };
  const grandchild = (await next()) as Grandchild;
  started.push(Number(child.pid), grandchild.pid);
  return { child, grandchild, next };
}

/** The exit of the process was seen: its number is free. */
async function reaped(pid: number): Promise<void> {
  const isThere = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (isThere()) await new Promise(setImmediate);
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
    expect(await child.exited).toStrictEqual({
      kind: "signalled",
      signal: "SIGKILL",
      steps: ["SIGTERM", "SIGKILL"],
    });
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
  it.each(["group", "mixed"] as const)(
    "is let be after a requested stop, until it is killed (%s)",
    async (killScope) => {
      const { child, grandchild, next } = await family(killScope);
      expect(child.reach).toBe("group");
      await expect(take(grandchild.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
      child.requestStop("stop");
      expect(await next()).toBe("ready"); // the grandchild is an orphan now
      await reaped(Number(child.pid));
      expect(lives(grandchild.pid)).toBe(true);
      child.kill();
      expect(await child.exited).toMatchObject({
        kind: "signalled",
        signal: "SIGTERM",
        rest: "killed",
      });
      expect(lives(grandchild.pid)).toBe(false);
      await take(grandchild.port);
    },
  );

  it.each(["group", "mixed"] as const)("is gone when a kill is over (%s)", async (killScope) => {
    const { child, grandchild } = await family(killScope);
    child.kill();
    const exit = await child.exited;
    expect(exit).toMatchObject({ kind: "signalled", signal: "SIGKILL" });
    expect(exit.rest).toBeUndefined();
    expect(lives(grandchild.pid)).toBe(false);
    await take(grandchild.port);
  });

  it.each(["group", "mixed"] as const)(
    "is gone when a crash is over, and the exit says that it was killed (%s)",
    async (killScope) => {
      const { child, grandchild } = await family(killScope);
      child.send?.({ act: "crash", with: 7 });
      const exit = await child.exited;
      expect(exit).toMatchObject({ kind: "failed", code: 7, rest: "killed" });
      expect(exit.stderrTail?.[0]).toBe("parent: crashing");
      expect(lives(grandchild.pid)).toBe(false);
      await take(grandchild.port);
    },
  );

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

describe("the grace period after a requested stop", () => {
  // Ends only when whoever was asked first is gone: a server that is still answering.
  const work = `
    const parent = process.ppid;
    const drain = () => process.ppid === parent
      ? setTimeout(drain, 5)
      : process.stderr.write("drained\\n", () => process.exit(0));
    process.on("SIGTERM", drain);
    process.stdout.write("up\\n");
    setTimeout(() => process.exit(99), 120_000);`;
  const file = join(mkdtempSync(join(tmpdir(), "steadfast-")), "work.cjs");
  const folder = dirname(file);
  writeFileSync(file, work);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "app", scripts: { start: `"${process.execPath}" "${file}"` } }),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  const cluster = `
    require("child_process").spawn(process.execPath, [${JSON.stringify(file)}], { stdio: "inherit" });
    process.on("SIGTERM", () => process.exit(0));`;

  it.each([
    ["a pipeline", "sh", ["-c", `"${process.execPath}" "${file}" | cat`]],
    ["a shell that waits", "sh", ["-c", `"${process.execPath}" "${file}" & wait`]],
    ["npm start", "npm", ["start", "--silent", "--no-update-notifier"]],
    ["a primary that leaves its workers to it", process.execPath, ["-e", cluster]],
  ])("is the whole group's: %s", async (_what, command, args) => {
    const handle = supervise(
      spawnLauncher(command, args, {
        cwd: folder,
        stdout: "ignore",
        stderr: "ignore",
        readyWhen: (line) => line === "up",
      }),
      { policy: restartOn("temporary"), readiness: "explicit", gracePeriodMs: 100_000 },
    );
    for await (const { type } of handle.events()) if (type === "ready") break;
    const { lastExit } = await handle.stop();
    expect(lastExit?.stderrTail).toContain("drained");
    expect(lastExit?.rest).toBeUndefined();
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
    expect(await child.exited).toStrictEqual({
      kind: "signalled",
      signal: "SIGKILL",
      steps: ["SIGTERM", "SIGKILL"],
    });
  });
});

describe("a stop in steps", () => {
  // Obeys nothing but the end of its stdin, or a message; says what it hears.
  const code = `
    process.on("SIGINT", () => console.error("INT"));
    process.on("SIGTERM", () => console.error("TERM"));
    process.on("message", (said) => said === "bye" && process.exit(0));
    console.log("up");
    setInterval(() => {}, 1e3);`;

  it("goes from one signal to the next, then kills, and the exit says so", async () => {
    const child = spawnLauncher(process.execPath, ["-e", code], {
      stop: [
        { via: "signal", signal: "SIGINT", waitMs: 200 },
        { via: "signal", signal: "SIGTERM", waitMs: 200 },
        { via: "kill" },
      ],
      stdout: "ignore",
      stderr: "ignore",
      readyWhen: (line) => line === "up",
    }).launch(info);
    await signalsOf(child)();
    child.requestStop("stop");
    expect(await child.exited).toStrictEqual({
      kind: "signalled",
      signal: "SIGKILL",
      stderrTail: ["INT", "TERM"],
      steps: ["SIGINT", "SIGTERM", "SIGKILL"],
    });
  });

  it("ends with the step that is obeyed", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "steadfast-")), "obeys.cjs");
    writeFileSync(file, `${code} process.send("up");`);
    const child = forkLauncher(file, [], {
      stop: [{ via: "message", message: "bye", waitMs: 3_600_000 }, { via: "kill" }],
      stdout: "ignore",
    }).launch(info);
    await signalsOf(child)();
    child.requestStop("stop");
    expect(await child.exited).toStrictEqual({ kind: "completed", code: 0, steps: ["message"] });
    rmSync(dirname(file), { recursive: true });
  });

  it("wakes a child that is stopped also where it is asked by a message", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "steadfast-")), "obeys.cjs");
    writeFileSync(file, `${code} process.send("up");`);
    const child = forkLauncher(file, [], {
      stop: [{ via: "message", message: "bye" }],
      stdout: "ignore",
    }).launch(info);
    await signalsOf(child)();
    process.kill(Number(child.pid), "SIGSTOP");
    child.requestStop("stop");
    expect(await child.exited).toStrictEqual({ kind: "completed", code: 0, steps: ["message"] });
    rmSync(dirname(file), { recursive: true });
  });

  it("asks the rest of the group, too, where the child alone could hear", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "steadfast-")), "primary.cjs");
    const worker = `
      process.on("SIGTERM", () => process.stderr.write("drained\\n", () => process.exit(0)));
      console.log("up");
      setTimeout(() => process.exit(99), 120_000);`;
    writeFileSync(
      file,
      `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(worker)}], {
        stdio: ["ignore", "inherit", "inherit"],
      });
      process.on("message", () => process.exit(0));`,
    );
    const child = forkLauncher(file, [], {
      stop: [{ via: "message" }],
      stdout: "ignore",
      stderr: "ignore",
      readyWhen: (line) => line === "up",
    }).launch(info);
    await signalsOf(child)();
    child.requestStop("stop");
    expect(await child.exited).toStrictEqual({
      kind: "completed",
      code: 0,
      stderrTail: ["drained"],
      steps: ["message"],
    });
    rmSync(dirname(file), { recursive: true });
  });

  it("is not needed for a signal, nor for a reload by one", async () => {
    const heard = `
      for (const name of ["SIGUSR2", "SIGHUP"]) process.on(name, () => console.log(name));
      console.log("up");
      setInterval(() => {}, 1e3);`;
    const lines: string[] = [];
    const handle = supervise(
      spawnLauncher(process.execPath, ["-e", heard], {
        reloadSignal: "SIGHUP",
        stdout: { line: (line) => lines.push(line) },
        readyWhen: (line) => line === "up",
      }),
      { policy: restartOn("temporary"), readiness: "explicit" },
    );
    for await (const { type } of handle.events()) if (type === "ready") break;
    const until = async (line: string) => {
      while (!lines.includes(line)) await new Promise(setImmediate);
    };
    expect(handle.signal("SIGUSR2")).toBe(true);
    await until("SIGUSR2");
    expect(handle.reload()).toBe(true);
    await until("SIGHUP");
    await handle.stop();
  });
});

describe("what a crash leaves behind", () => {
  const HOUR = 3_600_000;
  const hourly = restartPolicy({
    name: "hourly",
    launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : HOUR)],
  });

  it("is seen out within the delay", async () => {
    const sweepGraceMs = 300;
    // The shell ends when the other is deaf already.
    const code = `mkfifo "$0" && { (trap '' TERM; echo > "$0"; exec sleep 1000) & }; read _ < "$0"; exit 3`;
    const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
    const events: SupervisorEvent[] = [];
    const handle = supervise(
      spawnLauncher("sh", ["-c", code, join(folder, "deaf")], { sweepGraceMs }),
      { policy: hourly, onEvent: (event) => void events.push(event) },
    );
    for await (const { type } of handle.events()) if (type === "delayed") break;
    const [exited, delayed] = events.slice(-2) as [SupervisorEvent, SupervisorEvent];
    expect(exited).toMatchObject({ type: "exited", exit: { code: 3, rest: "killed" } });
    expect(delayed).toMatchObject({ type: "delayed", delayMs: HOUR });
    const waits = Number("until" in delayed && delayed.until) - exited.at;
    // Not a moment of it is waited for twice; timers may ring a millisecond early.
    expect(waits).toBeLessThanOrEqual(HOUR - sweepGraceMs + 10);
    expect(waits).toBeGreaterThan(0);
    await handle.stop();
    rmSync(folder, { recursive: true });
  });
});
