// The bridges into Restate, on a real server of our own that is killed and started again.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import { fileURLToPath } from "node:url";
import * as restate from "@restatedev/restate-sdk";
import { connect, rpc } from "@restatedev/restate-sdk-clients";
import { policyObject, restatePolicy, runUnder } from "@steadfast/bridges/restate";
import { allOf, giveUpOn, lifetimeCap, type RestartEvent } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { type Launcher, supervise } from "@steadfast/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples, outputOf } from "../examples.ts";
import { freePort } from "../servers/free-port.ts";
import { type RestateServer, startRestate } from "../servers/restate.ts";
import { isMissing } from "../tools.ts";
import { bridgeCases, type World } from "./bridge-cases.ts";

const WORKER = fileURLToPath(new URL("workers/restate.ts", import.meta.url));
const LIMIT = 3;

describe.skipIf(isMissing("unshare"))("Restate", () => {
  let server: RestateServer;
  let endpoint: Http2Server;
  const sessions = new Set<ServerHttp2Session>();
  const worlds = new Map<string, World>();
  const cut = new Set<World>();

  const stories = restate.service({
    name: "stories",
    handlers: {
      play: (ctx: restate.Context, name: string) => {
        const world = worlds.get(name) as World;
        const { clock, random, story } = world;
        return runUnder(
          restate,
          waiting(ctx, world),
          story.policy,
          "attempt",
          () => world.attempt(),
          {
            clock,
            random,
          },
        );
      },
    },
  });

  /** The same context, whose waits are the world's: once each, since a handler is replayed. */
  function waiting(ctx: restate.Context, world: World) {
    return {
      rand: ctx.rand,
      run: <Value>(name: string, action: () => Promise<Value>) => ctx.run(name, action),
      async sleep(ms: number) {
        await ctx.run("wait", () => world.waited(ms));
        if (world.attempts === world.story.killedAfter && !cut.has(world)) {
          // Restate loses its connection to the worker, and replays the handler over a new one.
          cut.add(world);
          for (const session of sessions) session.destroy();
        }
        await ctx.sleep(1);
      },
    };
  }

  const window = slidingWindow({ limit: LIMIT, windowMs: 3_600_000 });
  const final = allOf(
    giveUpOn((exit) => exit.kind === "failed" && /fatal/.test(JSON.stringify(exit.error))),
    lifetimeCap({ restarts: 9 }),
  );
  const services = [
    stories,
    policyObject(restate, "budget", window),
    policyObject(restate, "final", final),
  ];

  beforeAll(async () => {
    server = await startRestate();
    endpoint = createServer(restate.createEndpointHandler({ services, logger: () => {} }));
    endpoint.on("session", (session) => {
      sessions.add(session);
      session.once("close", () => sessions.delete(session));
    });
    const port = await freePort();
    endpoint.listen(port, "127.0.0.1");
    await once(endpoint, "listening");
    await server.register(port);
  });
  afterAll(async () => {
    await server.stop();
    for (const session of sessions) session.destroy();
    endpoint.close();
  });

  bridgeCases("stories", {
    async play(world) {
      worlds.set(world.story.name, world);
      const ingress = connect({ url: server.url });
      const client = ingress.serviceClient<typeof stories>({ name: "stories" });
      return Promise.resolve(client.play(world.story.name)).catch(
        (error: { responseText: string }) => {
          throw new Error(JSON.parse(error.responseText).message);
        },
      );
    },
  });

  const request: RestartEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };
  const never = new AbortController().signal;
  const host = (key: string, object = "budget") =>
    restatePolicy(server.url, object, key, { retryAfterMs: 20 });
  const count = (answers: readonly { readonly type: string }[]) =>
    answers.filter(({ type }) => type === "launch").length;

  it("the example prints what it says", async () => {
    const example = examples.find(({ name }) => name === "restate.mjs");
    if (example === undefined) throw new Error("there is no example for Restate");
    const env = {
      RESTATE_URL: server.url,
      RESTATE_ADMIN_URL: server.adminUrl,
      PORT: String(await freePort()),
    };
    expect(await outputOf(example, env)).toEqual({ stdout: example.printed, stderr: "" });
  });

  describe("one budget for many machines", () => {
    it("many hosts at once get what one may have, whatever happens to the server", async () => {
      const hosts = Array.from({ length: 8 }, () => host("many"));
      const first = await Promise.all(hosts.slice(0, 2).map((one) => one.ask([request], never)));
      const others = hosts.map((one) => one.ask([request], never));
      await server.crash();
      expect(count([...first, ...(await Promise.all(others))])).toBe(LIMIT);
      await server.crash();
      const last = await host("many").ask([request], never);
      expect(last).toMatchObject({ type: "refuse", reason: "window-full" });
      expect(count([await host("another key").ask([request], never)])).toBe(1);
    });

    it("an answer that is lost costs nothing: the question is known again by its name", async () => {
      let requests = 0;
      await using proxy = await proxyTo(server.url, (response, answer) => {
        requests++;
        // The answer to the first question is lost on its way back.
        if (requests === 1) response.destroy();
        else response.end(answer);
      });
      const policy = restatePolicy(proxy.url, "budget", "lost", { retryAfterMs: 1 });
      const answers: string[] = [];
      for (let i = 0; i <= LIMIT; i++) answers.push((await policy.ask([request], never)).type);
      expect(answers).toEqual(["launch", "launch", "launch", "refuse"]);
      expect(requests).toBe(LIMIT + 2);
    });

    it("a supervision goes by it, and a stop ends the wait for a server that is away", async () => {
      const fails: Launcher = {
        launch: () => ({
          exited: Promise.resolve({ kind: "failed" }),
          requestStop() {},
          kill() {},
          onSignal() {},
        }),
      };
      const mail = supervise(fails, { policy: host("supervised"), onNotYet: "end" });
      expect(await mail.outcome).toMatchObject({ type: "refused", attempts: LIMIT });
      let failures = 0;
      const away = restatePolicy(`http://127.0.0.1:${await freePort()}`, "budget", "a", {
        retryAfterMs: 60_000,
        onError: () => {
          failures++;
          waits();
          return Promise.reject(new Error("dropped"));
        },
      });
      let waits = () => {};
      const waited = new Promise<void>((resolve) => {
        waits = resolve;
      });
      const other = supervise(fails, { policy: away });
      await waited;
      void other.stop();
      expect((await other.outcome).type).toBe("stopped");
      expect(failures).toBe(1);
    });

    it("a predicate sees the record of an exit", async () => {
      const exit = { kind: "failed", error: new Error("fatal") } as const;
      const exited = { type: "exited", exit, failed: true, uptimeMs: 5 } as const;
      const policy = host("a", "final");
      expect(await policy.ask([exited, request], never)).toMatchObject({
        type: "refuse",
        retryAfterMs: null,
      });
      expect(await policy.ask([{ type: "reset" }], never)).toEqual({ type: "noted" });
    });

    it("what is no question is an error at once, and holds nobody up", async () => {
      const nonsense = { type: "nonsense" } as never;
      await expect(host("bad").ask([nonsense], never)).rejects.toThrow(
        'Restate answered 400: {"code":400,"message":"TypeError: an event\'s type must be one of',
      );
      expect((await host("bad").ask([request], never)).type).toBe("launch");
      await expect(host("bad", "none").ask([request], never)).rejects.toThrow(
        "Restate answered 404",
      );
    });
  });

  describe("a run's retries", () => {
    it("go on in another process when the worker is killed between an exit and a launch", async () => {
      const port = await freePort();
      const first = fork(WORKER, [String(port)]);
      await said(first, "listens");
      await server.register(port);
      const patient = {
        maxAttempts: 1_000,
        initialInterval: 20,
        maxInterval: 20,
        maxDuration: 50_000,
      };
      const ingress = connect({ url: server.url, retry: patient });
      const shop = ingress.serviceClient<{ pay(ctx: restate.Context): Promise<void> }>({
        name: "shop",
      });
      const run = Promise.resolve(shop.pay(rpc.opts({ idempotencyKey: "one" }))).catch(String);
      expect(await said(first, "waits")).toBe(1);
      first.kill("SIGKILL");
      await once(first, "exit");
      await server.crash();
      const second = fork(WORKER, [String(port)]);
      await said(second, "listens");
      expect(await run).toContain("lost");
      second.send("attempts?");
      expect(await said(second, "attempts")).toBe(2);
      second.kill("SIGKILL");
      await once(second, "exit");
    });
  });
});

type Answer = (response: ServerResponse, answer: string) => void;

/** What stands between a host and Restate, and passes answers on as the test says. */
async function proxyTo(url: string, pass: Answer) {
  const proxy = createHttpServer(async (asked, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const headers = {
      "content-type": "application/json",
      "idempotency-key": String(asked.headers["idempotency-key"]),
    };
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${url}${asked.url}`, { method: "POST", headers, body });
    pass(response, await answer.text());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as { readonly port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

function said(worker: ChildProcess, word: string): Promise<number | boolean> {
  return new Promise((resolve) => {
    const hear = (message: Record<string, number>) => {
      if (message[word] === undefined) return;
      worker.off("message", hear);
      resolve(message[word]);
    };
    worker.on("message", hear);
  });
}
