// When a child is ready, and whether it lives, said from inside and seen from outside.

import { once } from "node:events";
import { createServer } from "node:net";
import { restartOn } from "@steadfast/policy";
import {
  httpCheck,
  type Launcher,
  type SuperviseOptions,
  type SupervisorEvent,
  supervise,
} from "@steadfast/supervisor";
import { tcpCheck } from "@steadfast/supervisor/node";
import { describe, expect, it } from "vitest";
import { forkLauncher, spawnLauncher } from "../../src/index.js";
import { fixture } from "./observe.js";

const node = process.execPath;
const quiet = { stdout: "ignore", stderr: "ignore" } as const;

/** Goes on until an event comes; answers the events until then, and stops the child. */
async function until(
  type: SupervisorEvent["type"],
  launcher: Launcher,
  options: Partial<SuperviseOptions> = {},
) {
  const handle = supervise(launcher, { policy: restartOn("temporary"), ...options });
  const types: string[] = [];
  for await (const event of handle.events()) {
    types.push(event.type);
    if (event.type === type) break;
  }
  const outcome = await handle.stop();
  return { types, lastExit: outcome.lastExit };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A server that listens after its second look at itself, and forgets to answer once it was asked to. */
const server = (port: number) => `
  const http = require("http");
  let ill = false;
  const server = http.createServer((request, response) => {
    if (request.url === "/ill") ill = true;
    response.statusCode = ill ? 503 : 200;
    response.end();
  });
  setTimeout(() => server.listen(${port}, "127.0.0.1"), 50);`;

const often = { periodMs: 20, timeoutMs: 60_000, failures: 2 } as const;

describe("a child is ready", () => {
  it("when its port takes a connection", async () => {
    const port = await freePort();
    const launcher = spawnLauncher(node, ["-e", server(port)], quiet);
    const { types } = await until("ready", launcher, {
      readiness: "explicit",
      probe: { check: tcpCheck(port), ...often },
    });
    expect(types).toStrictEqual(["launched", "ready"]);
  });

  it("when it answers a request with the right status", async () => {
    const port = await freePort();
    const launcher = spawnLauncher(node, ["-e", server(port)], quiet);
    const { types } = await until("ready", launcher, {
      readiness: "explicit",
      probe: { check: httpCheck(`http://127.0.0.1:${port}/`), ...often },
    });
    expect(types).toStrictEqual(["launched", "ready"]);
  });

  it("when it prompts, and readiness needs no other word", async () => {
    const launcher = spawnLauncher("sh", ["-c", "printf 'mysql> '; exec sleep 120"], {
      ...quiet,
      promptWhen: (text) => text.endsWith("> "),
    });
    const { types } = await until("ready", launcher);
    expect(types).toStrictEqual(["launched", "ready"]);
  });

  it("when a line says so, not before", async () => {
    const launcher = spawnLauncher("sh", ["-c", "echo starting; read x; echo up; exec sleep 120"], {
      ...quiet,
      stdin: { text: "go\n" },
      readyWhen: (line) => line === "up",
      heartbeat: "output",
    });
    const { types } = await until("ready", launcher, { heartbeatTimeoutMs: 3_600_000 });
    expect(types).toStrictEqual(["launched", "ready"]);
  });

  it("when it says what pm2 listens for, or what its own convention has", async () => {
    const code = (word: string) => `process.send(${word}); setInterval(() => {}, 1e3)`;
    const pm2 = forkLauncher("-e", [code('"ready"')], { ...quiet, execPath: node });
    const own = forkLauncher("-e", [code("{ state: 'up' }")], {
      ...quiet,
      messageSignal: (message) =>
        (message as { state?: string }).state === "up" ? "ready" : undefined,
    });
    for (const launcher of [pm2, own]) {
      const { types } = await until("ready", launcher, { readiness: "explicit" });
      expect(types).toStrictEqual(["launched", "ready"]);
    }
  });

  it("or can never be, which is a finding", async () => {
    const launcher = spawnLauncher("sleep", ["120"], quiet);
    const { types } = await until("launched", launcher, { readiness: "explicit" });
    expect(types).toStrictEqual(["finding", "launched"]);
  });
});

describe("a child is found that", () => {
  const dead = { policy: restartOn("temporary") };

  it("hangs before its first heartbeat", async () => {
    const launcher = forkLauncher("-e", ["for (;;);"], { ...quiet, heartbeat: "message" });
    const handle = supervise(launcher, { ...dead, heartbeatTimeoutMs: 300, gracePeriodMs: 0 });
    expect((await handle.outcome).lastExit).toMatchObject({
      kind: "unhealthy",
      reason: "heartbeat-stale",
    });
  });

  it("writes nothing any more", async () => {
    const launcher = spawnLauncher("sh", ["-c", "echo one; exec sleep 120"], {
      ...quiet,
      heartbeat: "output",
    });
    const handle = supervise(launcher, { ...dead, heartbeatTimeoutMs: 300 });
    expect((await handle.outcome).lastExit).toMatchObject({ reason: "heartbeat-stale" });
  });

  it("answers its port no more", async () => {
    const port = await freePort();
    const code = `${server(port)} server.on("connection", () => { server.close(); setInterval(() => {}, 1e3) })`;
    const handle = supervise(spawnLauncher(node, ["-e", code], quiet), {
      ...dead,
      readiness: "explicit",
      probe: { check: tcpCheck(port), for: "both", ...often },
    });
    expect((await handle.outcome).lastExit).toMatchObject({
      kind: "unhealthy",
      reason: "probe-failed",
    });
  });

  it("answers with the wrong status", async () => {
    const port = await freePort();
    const handle = supervise(spawnLauncher(node, ["-e", server(port)], quiet), {
      ...dead,
      readiness: "explicit",
      probe: { check: httpCheck(`http://127.0.0.1:${port}/`), for: "both", ...often },
    });
    for await (const { type } of handle.events()) if (type === "ready") break;
    await fetch(`http://127.0.0.1:${port}/ill`);
    expect((await handle.outcome).lastExit).toMatchObject({ reason: "probe-failed" });
  });

  it("a function of the user's finds ill, sync or async", async () => {
    for (const check of [() => false, async () => false]) {
      const handle = supervise(forkLauncher(fixture("speaker.mjs"), [], quiet), {
        ...dead,
        probe: { check, ...often },
      });
      expect((await handle.outcome).lastExit).toMatchObject({ reason: "probe-failed" });
    }
  });
});

describe("a child ends by plan that", () => {
  it("runs for too long", async () => {
    const { outcome } = supervise(spawnLauncher("sleep", ["120"], quiet), {
      policy: restartOn("temporary"),
      maxRunMs: 50,
    });
    expect((await outcome).lastExit).toMatchObject({ kind: "timed-out", afterMs: 50 });
  });

  it("is old, and its successor is free of the policy", async () => {
    const { types } = await until("recycled", spawnLauncher("sleep", ["120"], quiet), {
      recycle: { ageMs: 50 },
    });
    expect(types).toStrictEqual(["launched", "ready", "recycled"]);
    const handle = supervise(spawnLauncher("sleep", ["120"], quiet), {
      policy: restartOn("temporary"),
      recycle: { ageMs: 50 },
    });
    let launches = 0;
    for await (const { type } of handle.events())
      if (type === "launched" && ++launches === 2) break;
    expect(await handle.stop()).toMatchObject({ type: "stopped" });
  });
});
