// Replicas on one port, with real clients: what is sent while they are restarted is answered.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { superviseTree, type TreeHandle } from "@steadfast/supervisor/tree";
import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import {
  forkLauncher,
  type SharedPort,
  type SharedPortOptions,
  sharedPort,
} from "../../src/index.js";
import { type Answer, ask, load } from "./load.js";
import { allUp, fixture, info, signalsOf } from "./observe.js";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const local = { host: "127.0.0.1" };
const ROLLS = 3;
const CLIENTS = 8;
/** Answers before each roll, and after the last. */
const ANSWERS = 500;

function aPort(options: SharedPortOptions = local): SharedPort {
  const port = sharedPort(0, options);
  open.push(port.close);
  return port;
}

const replica = (port: SharedPort, args: readonly string[] = []) =>
  forkLauncher(fixture("replica.mjs"), args, { port, stderr: "ignore" });

const common = { id: "web", policy: restartOn("permanent"), gracePeriodMs: 30_000 };

/** Servers on a port, under supervision. */
function web(port: SharedPort, more: object = {}): TreeHandle {
  const tree = superviseTree({ children: [{ ...common, launcher: replica(port), ...more }] });
  open.push(tree.kill);
  return tree;
}

const replicas = (count: number) => Array.from({ length: count }, (_, i) => `web.${i + 1}`);
const pidOf = (tree: TreeHandle, id: string) => tree.child(id).status()?.pid as number;

describe("a roll under load", () => {
  it.each([3, 1])("loses no request: replicas %s", async (count) => {
    const port = aPort();
    const tree = web(port, { replicas: count, maxUnavailable: 1 });
    expect(await tree.up).toBe(true);
    const names = replicas(count);
    const generations: number[][] = [];
    const { wake, until } = waiting();
    const clients = load(port.port, CLIENTS, wake);
    const answered = (pid: number) => clients.answers.some((answer) => answer.pid === pid);
    for (let roll = 0; roll <= ROLLS; roll++) {
      const pids = names.map((name) => pidOf(tree, name));
      generations.push(pids);
      const wanted = clients.answers.length + ANSWERS;
      await until(() => clients.answers.length >= wanted && pids.every(answered));
      if (roll < ROLLS) expect(await tree.roll("web")).toStrictEqual({ ok: true });
    }
    const { sent, answers, errors } = await clients.end();
    expect(errors).toStrictEqual([]);
    expect(answers).toHaveLength(sent.kept + sent.fresh);
    expect(answers.length).toBeGreaterThanOrEqual((ROLLS + 1) * ANSWERS);
    for (const count of Object.values(sent)) expect(count).toBeGreaterThan(ANSWERS / 2);
    // Every process was another one, and answered; nobody else did.
    const everybody = generations.flat();
    expect(new Set(everybody).size).toBe(count * (ROLLS + 1));
    expect(new Set(answers.map(({ pid }) => pid))).toStrictEqual(new Set(everybody));
    expect((await tree.stop()).type).toBe("stopped");
  });
});

/** Sends so many requests, each over a connection of its own, which all wait in the port; the answers then. */
async function queued(port: number, count: number): Promise<() => Promise<Answer[]>> {
  const { wake, until } = waiting();
  let connected = 0;
  const connect = () => {
    connected++;
    wake();
  };
  const asked = Promise.all(Array.from({ length: count }, () => ask(port, false, connect)));
  await until(() => connected === count);
  return () => asked;
}

describe("what waits in the port when a child is killed is answered", () => {
  const COUNT = 20;

  it("by its next attempt", async () => {
    const port = aPort();
    const tree = web(port, { replicas: 1 });
    await tree.up;
    const pid = pidOf(tree, "web.1");
    expect(await ask(port.port)).toStrictEqual({ pid, attempt: "1" });
    process.kill(pid, "SIGSTOP");
    const answers = await queued(port.port, COUNT);
    process.kill(pid, "SIGKILL");
    const attempts = (await answers()).map(({ attempt }) => attempt);
    expect(attempts).toStrictEqual(Array(COUNT).fill("2"));
  });

  it("by the others, also while there is no next attempt", async () => {
    const port = aPort();
    const tree = web(port, { replicas: 2, policy: restartOn("temporary") });
    await tree.up;
    const [killed, other] = replicas(2).map((name) => pidOf(tree, name)) as [number, number];
    for (const pid of [killed, other]) process.kill(pid, "SIGSTOP");
    const answers = await queued(port.port, COUNT);
    process.kill(killed, "SIGKILL");
    process.kill(other, "SIGCONT");
    const pids = (await answers()).map(({ pid }) => pid);
    expect(pids).toStrictEqual(Array(COUNT).fill(other));
  });

  it("by a standby, which has taken nothing before", async () => {
    const port = aPort();
    const handle = supervise(replica(port), { ...common, standby: 1 });
    open.push(handle.kill);
    for await (const { type } of handle.events()) if (type === "ready") break;
    await allUp(handle);
    const { pid } = handle.status();
    const before = await Promise.all(Array.from({ length: COUNT }, () => ask(port.port)));
    expect(before.map((answer) => answer.pid)).toStrictEqual(Array(COUNT).fill(pid));
    process.kill(Number(pid), "SIGSTOP");
    const answers = await queued(port.port, COUNT);
    process.kill(Number(pid), "SIGKILL");
    const attempts = (await answers()).map(({ attempt }) => attempt);
    expect(attempts).toStrictEqual(Array(COUNT).fill("2"));
  });

  it("unless the port is closed: then no child is launched any more", async () => {
    const port = aPort();
    const launcher = replica(port);
    port.close();
    expect(() => launcher.launch(info)).toThrow("port must be a port that is not closed yet");
    const again = sharedPort(port.port, local);
    open.push(again.close);
    await expect(ask(port.port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const hasReusePort = major >= 24 || (major === 22 && minor >= 12);

describe("`reusePort`", () => {
  it.runIf(hasReusePort)("gives each child a socket of its own", async () => {
    const port = aPort({ ...local, reusePort: true });
    const tree = web(port, { replicas: 2 });
    await tree.up;
    const pids = new Set(replicas(2).map((name) => pidOf(tree, name)));
    const heard = new Set<number>();
    while (heard.size < pids.size) heard.add((await ask(port.port)).pid);
    expect(heard).toStrictEqual(pids);
  });

  it.skipIf(hasReusePort)("is refused where Node has it not", () => {
    expect(() => sharedPort(0, { reusePort: true })).toThrow(
      expect.objectContaining({ code: "ERR_PORT", reason: "unsupported" }),
    );
  });
});

describe("a port that cannot be had is refused by name:", () => {
  it("one that somebody else listens on", async () => {
    const server = createServer().listen(0, local.host);
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    open.push(() => server.close());
    for (const options of [local, {}]) {
      expect(() => sharedPort(port, options)).toThrow(
        expect.objectContaining({
          code: "ERR_PORT",
          reason: "taken",
          port,
          cause: expect.objectContaining({ code: "EADDRINUSE" }),
        }),
      );
    }
  });

  it.skipIf(process.getuid?.() !== 0)("one that this user may not have", () => {
    const args = [fixture("port-user.mjs"), "1", "61235"];
    expect(JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }))).toStrictEqual({
      code: "ERR_PORT",
      reason: "privileged",
      message: "port 1 of 127.0.0.1: this user may not have it (EACCES)",
    });
  });

  it("an address that is not this machine's", () => {
    expect(() => sharedPort(0, { host: "192.0.2.1" })).toThrow(
      "port 0 of 192.0.2.1: this machine has no such address (EADDRNOTAVAIL)",
    );
  });
});

describe("a child's `listen`", () => {
  it("says that it is ready, and keeps the port to itself", async () => {
    const port = aPort();
    const child = replica(port, ["spawns"]).launch(info);
    open.push(child.kill);
    const next = signalsOf(child);
    expect(await next()).toStrictEqual({ type: "ready" });
    expect(await next()).toStrictEqual({ type: "message", message: "undefined" });
  });

  it("needs a port of its own where there is none to share", async () => {
    const child = forkLauncher(fixture("lonely-replica.mjs"), [], {
      env: { STEADFAST_LISTEN: undefined },
    }).launch(info);
    open.push(child.kill);
    const next = signalsOf(child);
    expect(await next()).toStrictEqual({ type: "ready" });
    expect(await next()).toMatchObject({
      message: {
        why: "listen: port must be given: the launcher of this process has no port for it, got undefined",
        port: expect.any(Number),
      },
    });
  });
});
