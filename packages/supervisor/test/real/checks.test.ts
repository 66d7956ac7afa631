// What looks at a port and at an answer, with real servers.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isPolicyOptionsError } from "@steadfast/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpCheck } from "../../src/index.js";
import { tcpCheck } from "../../src/node.js";

const info = { id: "web", attempt: 2, generation: 1, pid: null };
const { signal } = new AbortController();
const seen: unknown[] = [];
const server = createServer((request, response) => {
  seen.push([request.method, request.headers["x-probe"]]);
  if (request.url === "/silent") return;
  response.writeHead(Number(request.url?.slice(1)), { location: "/200" });
  response.end("x".repeat(1_000));
});
let port = 0;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const url = (path: string) => `http://127.0.0.1:${port}/${path}`;

describe("httpCheck", () => {
  it.each([
    [200, {}, true],
    [302, {}, true],
    [399, {}, true],
    [400, {}, false],
    [503, {}, false],
    [503, { status: 503 }, true],
    [404, { status: [200, 404] }, true],
    [200, { status: [404] }, false],
    [418, { status: (code: number) => code === 418 }, true],
  ])("%s is well by %o: %s", async (status, options, isWell) => {
    expect(await httpCheck(url(`${status}`), options)(info, signal)).toBe(isWell);
  });

  it("asks as it is told, where the attempt is", async () => {
    seen.length = 0;
    const check = httpCheck(({ attempt }) => url(`${attempt}04`), {
      method: "HEAD",
      headers: { "x-probe": "1" },
    });
    expect(await check(info, signal)).toBe(true);
    expect(seen).toStrictEqual([["HEAD", "1"]]);
  });

  it("rejects when nobody answers in time, or nobody is there", async () => {
    const controller = new AbortController();
    const silent = httpCheck(url("silent"))(info, controller.signal) as Promise<boolean>;
    controller.abort();
    await expect(silent).rejects.toThrow();
    await expect(httpCheck("http://127.0.0.1:1/")(info, signal)).rejects.toThrow();
  });

  it.each([
    ["url", () => httpCheck("ftp://x")],
    ["url", () => httpCheck("nonsense")],
    ["status", () => httpCheck("http://x", { status: 42 })],
    ["status", () => httpCheck("http://x", { status: [200, 1_000] })],
    ["method", () => httpCheck("http://x", { method: JSON.parse("1") })],
    ["headers", () => httpCheck("http://x", { headers: JSON.parse("1") })],
    ["statuss", () => httpCheck("http://x", JSON.parse('{"statuss":200}'))],
  ])("refuses a wrong %s", (option, make) => {
    try {
      make();
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
    }
  });
});

describe("tcpCheck", () => {
  it("is well if a connection is taken", async () => {
    expect(await tcpCheck(port)(info, signal)).toBe(true);
    expect(await tcpCheck(() => port, "localhost")(info, signal)).toBe(true);
    expect(await tcpCheck(1)(info, signal)).toBe(false);
    expect(await tcpCheck(() => 0)(info, signal)).toBe(false);
  });

  it("is not well, and leaves nothing behind, when the answer is not wanted any more", async () => {
    const controller = new AbortController();
    const answer = tcpCheck(port)(info, controller.signal);
    controller.abort();
    expect(await answer).toBe(false);
  });

  it.each([
    ["port", () => tcpCheck(0)],
    ["port", () => tcpCheck(65_536)],
    ["port", () => tcpCheck(1.5)],
    ["host", () => tcpCheck(1, "")],
  ])("refuses a wrong %s", (option, make) => {
    try {
      make();
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
    }
  });
});
