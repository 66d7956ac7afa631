// What a client can send is bounded, and refused by name; whatever it sends, the next one is served.

import { once } from "node:events";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { ask, own, post, tokenOf } from "./asking.js";
import { pageOf, treeOf } from "./pages.js";
import { read } from "./reading.js";

const shown = async (options = {}) => {
  const { tree } = treeOf(["web"]);
  return pageOf(tree, options);
};

const BODIES: readonly (readonly [why: string, body: string, error: string, status: number])[] = [
  ["no JSON", "{", "bad-json", 400],
  ["a list", "[]", "bad-json", 400],
  ["null", "null", "bad-json", 400],
  ["nothing", "", "bad-json", 400],
  ["65 537 bytes", `{"of":"${"x".repeat(65_528)}"}`, "too-large", 413],
  ["a name of nobody", '{"of":"x","order":"stop"}', "unknown-supervision", 404],
  ["a child of nobody", '{"of":"shop","path":"x","order":"stop"}', "unknown-child", 404],
  ["a path of nothing", '{"of":"shop","path":"//","order":"stop"}', "unknown-child", 404],
  ["an unknown order", '{"of":"shop","order":"stopp"}', "bad-request", 400],
  ["an unknown field", '{"of":"shop","order":"reset","oder":1}', "bad-request", 400],
  ["a number for a name", '{"of":1,"order":"stop"}', "bad-request", 400],
  ["an order for one child to a tree", '{"of":"shop","order":"pause"}', "not-for-a-tree", 400],
  ["a prototype", '{"__proto__":{"of":"shop"},"order":"stop"}', "bad-request", 400],
];

it.each(BODIES)("refuses %s", async (_, body, error, status) => {
  const page = await shown();
  const answered = await post(page, "/api/order", body);
  expect([answered.status, answered.json.error]).toEqual([status, error]);
  expect((await ask(page)).status).toBe(200);
});

it("says what is allowed, what it got, and the nearest right word", async () => {
  const page = await shown();
  const { json } = await post(page, "/api/order", { of: "shop", order: "restrat" });
  expect(json.message).toContain('got "restrat"');
  expect(json.message).toContain("restart");
});

it("refuses another content type, path and method", async () => {
  const page = await shown();
  const headers = { ...own(page), "content-type": "text/plain" };
  const plain = await ask(page, { method: "POST", path: "/api/order", headers, body: "{}" });
  expect([plain.status, plain.json.error]).toEqual([415, "wrong-type"]);
  for (const path of ["/api/nothing", "/../package.json", "/api/constructor", "/%2e%2e/x"]) {
    expect((await ask(page, { path })).json.error).toBe("unknown-path");
  }
  const got = await ask(page, { path: "/api/order" });
  expect([got.status, got.json.error, got.json.message]).toEqual([
    405,
    "wrong-method",
    "/api/order takes POST",
  ]);
  expect((await ask(page, { method: "DELETE" })).json.error).toBe("wrong-method");
});

it("stops reading a body without end, and closes", async () => {
  const page = await shown();
  const socket = connect({ host: "127.0.0.1", port: page.port });
  socket.on("error", () => {});
  const head = Object.entries({ ...own(page), host: `127.0.0.1:${page.port}` });
  socket.write(
    `POST /api/order HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n` +
      "transfer-encoding: chunked\r\n\r\n",
  );
  const chunk = `${(16_384).toString(16)}\r\n${"x".repeat(16_384)}\r\n`;
  const [answered] = await Promise.all([
    once(socket, "data"),
    ...Array.from({ length: 5 }, () => socket.write(chunk)),
  ]);
  expect(String(answered[0])).toContain("413");
  if (!socket.closed) await once(socket, "close");
});

it("drops a head that is too large, and what is no HTTP", async () => {
  const page = await shown();
  for (const sent of [`GET / HTTP/1.1\r\nx: ${"x".repeat(9_000)}\r\n\r\n`, "hello\r\n\r\n"]) {
    const socket = connect({ host: "127.0.0.1", port: page.port });
    socket.on("error", () => {});
    socket.write(sent);
    await once(socket, "close");
  }
  expect((await ask(page)).status).toBe(200);
});

it("lets so many pages look, and no more; one that leaves makes room", async () => {
  const page = await shown({ maxClients: 2 });
  const [one] = [await read(page), await read(page)];
  const third = await ask(page, { path: "/api/events" });
  expect([third.status, third.json.error]).toEqual([503, "too-many-clients"]);
  expect(page.clients).toBe(2);
  one.close();
  while (page.clients === 2) await new Promise((resolve) => setImmediate(resolve));
  const again = await read(page);
  expect((await again.next()).event).toBe("snapshot");
});

it("only shows where orders are switched off", async () => {
  const page = await shown({ orders: false });
  const answered = await post(page, "/api/order", { of: "shop", order: "stop" });
  expect([answered.status, answered.json.error]).toEqual([403, "no-orders"]);
  expect((await ask(page)).json.orders).toBe(false);
  expect(tokenOf(page).length).toBe(43);
});
