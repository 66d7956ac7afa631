// Real servers that are drained, and clients that have not heard of it yet.

import { once } from "node:events";
import { createServer as createHttp, type Server as Http, type RequestListener } from "node:http";
import { connect, createServer as createNet, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import { drain, listen } from "../../src/child.js";

const open: (() => unknown)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const long = { idleMs: 60_000 };
const short = { idleMs: 20 };
const GET = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";

/** A client that says what it likes, and keeps all it hears. */
async function client(server: Server) {
  const { port } = server.address() as { port: number };
  const socket = connect(port, "127.0.0.1");
  open.push(() => socket.destroy());
  const { wake, until } = waiting();
  let text = "";
  let isOver = false;
  socket.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    wake();
  });
  socket.on("close", () => {
    isOver = true;
    wake();
  });
  await Promise.all([once(server, "connection"), once(socket, "connect")]);
  return {
    socket,
    heard: () => text,
    hears: (words: string) => until(() => text.includes(words)),
    over: () => until(() => isOver),
    isOver: () => isOver,
  };
}

async function started<Kind extends Server>(server: Kind): Promise<Kind> {
  open.push(() => server.close());
  await listen(server, 0);
  return server;
}

const web = (answer: RequestListener = (_request, response) => response.end("hello")) =>
  started<Http>(createHttp(answer));

const turn = () => new Promise(setImmediate);

describe("a server that drains", () => {
  it("answers a request that was under way over an idle connection, and has it closed", async () => {
    const server = await web();
    const { socket, heard, hears, over, isOver } = await client(server);
    socket.write(GET);
    await hears("hello");
    expect(heard()).toContain("Connection: keep-alive");
    const drained = drain(server, long);
    await turn();
    expect(isOver()).toBe(false);
    socket.write(GET);
    await over();
    expect(heard().split("Connection: close")).toHaveLength(2);
    expect(heard().split("hello")).toHaveLength(3);
    await drained;
  });

  it("closes with its answer a connection whose request had come before", async () => {
    const { wake, until } = waiting();
    const waits: (() => void)[] = [];
    const server = await web((_request, response) => {
      waits.push(() => response.end("late"));
      wake();
    });
    const { socket, heard, over } = await client(server);
    socket.write(GET);
    await until(() => waits.length === 1);
    const drained = drain(server, long);
    waits[0]?.();
    await over();
    expect(heard()).toContain("Connection: close");
    expect(heard()).toContain("late");
    await drained;
  });

  it.each(["brings a request", "stays idle"])(
    "lets a connection be when an answer that had begun before is over: one that then %s",
    async (then) => {
      const ends: (() => void)[] = [];
      const server = await web((_request, response) => {
        response.write("begun");
        ends.push(() => response.end("done"));
      });
      const { socket, heard, hears, over } = await client(server);
      const idle = await client(server);
      socket.write(GET);
      await hears("begun");
      const drained = drain(server, then === "stays idle" ? short : long);
      if (then === "stays idle")
        await idle.over(); // the time of those that were idle before is over
      else idle.socket.destroy();
      ends[0]?.();
      await hears("done");
      if (then === "brings a request") {
        socket.write(GET);
        await hears("Connection: close");
        ends[1]?.();
      }
      await over();
      expect(heard().split("done").length - 1).toBe(ends.length);
      await drained;
    },
  );

  it("closes what stays idle, and what has never brought anything", async () => {
    const server = await web();
    const [used, unused] = [await client(server), await client(server)];
    used.socket.write(GET);
    await used.hears("hello");
    await drain(server, short);
    await Promise.all([used.over(), unused.over()]);
    expect(unused.heard()).toBe("");
  });

  it("accepts nothing more, and is drained once", async () => {
    const server = await web();
    const { port } = server.address() as { port: number };
    const { socket, hears } = await client(server);
    socket.write(GET);
    await hears("hello");
    const drained = drain(server, short);
    expect(drain(server)).toBe(drained);
    const late = connect(port, "127.0.0.1");
    const [error] = await once(late, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
    await drained;
    expect(server.listening).toBe(false);
  });

  it("that never listened is over at once", async () => {
    await drain(createHttp());
    await drain(createNet());
  });

  it("of another kind waits for its connections", async () => {
    const server = await started(createNet((socket) => socket.pipe(socket)));
    const { socket, hears } = await client(server);
    let isOver = false;
    const drained = drain(server).then(() => {
      isOver = true;
    });
    socket.write("still here");
    await hears("still here");
    expect(isOver).toBe(false);
    socket.end();
    await drained;
  });

  it.each([
    ["idleMs", () => drain(createHttp(), { idleMs: -1 })],
    ["idleMs", () => drain(createHttp(), { idleMs: 60_001 })],
    ["idle", () => drain(createHttp(), { idle: 5 } as object)],
    ["server", () => drain({} as Server)],
    ["server", () => drain(null as unknown as Server)],
    ["arguments[2]", () => (drain as (...all: unknown[]) => unknown)(createHttp(), {}, 1)],
  ])("refuses a bad %s", (option, call) => {
    expect(call).toThrow(expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }));
  });
});

describe("`listen`", () => {
  it("rejects with the system's error, and says nothing then", async () => {
    const server = await web();
    const { port } = server.address() as { port: number };
    await expect(listen(createHttp(), port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(listen(server, 0)).rejects.toMatchObject({ code: "ERR_SERVER_ALREADY_LISTEN" });
    await expect(listen(createHttp(), 65_536)).rejects.toMatchObject({
      code: "ERR_SOCKET_BAD_PORT",
    });
  });

  it.each([null, {}, "server"])("refuses %j", async (server) => {
    await expect(listen(server as unknown as Server, 0)).rejects.toMatchObject({
      code: "ERR_POLICY_OPTIONS",
      option: "server",
    });
  });
});
