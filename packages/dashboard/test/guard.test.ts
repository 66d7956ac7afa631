// Who may ask, over real HTTP: everything that a page of somebody else, a program of somebody else, or a name that was
// pointed at 127.0.0.1 could send.

import { request } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { ask, own, tokenOf } from "./asking.js";
import { pageOf, treeOf } from "./pages.js";

const shown = async () => {
  const { tree } = treeOf(["web"]);
  return pageOf(tree);
};

it("has a fresh token of 256 bits each time, behind the # of its address", async () => {
  const [one, other] = [await shown(), await shown()];
  expect(one.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${one.port}/#[\\w-]{43}$`));
  expect(tokenOf(one)).not.toBe(tokenOf(other));
});

it("listens on 127.0.0.1 only", async () => {
  const page = await shown();
  const refused = await new Promise((resolve) => {
    connect({ host: "127.0.0.2", port: page.port })
      .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
      .on("connect", () => resolve("connected"));
  });
  expect(refused).toBe("ECONNREFUSED");
});

it("answers its own page", async () => {
  const page = await shown();
  expect((await ask(page)).status).toBe(200);
});

it("takes localhost for its name, too, if the origin says the same", async () => {
  const page = await shown();
  const host = `localhost:${page.port}`;
  const headers = { ...own(page), host, origin: `http://${host}` };
  expect((await ask(page, { headers })).status).toBe(200);
  const mixed = { ...own(page), host };
  expect((await ask(page, { headers: mixed })).json.error).toBe("wrong-origin");
});

const WRONG: readonly (readonly [why: string, headers: object, error: string, status: number])[] = [
  ["a name that was pointed here", { host: "evil.example" }, "wrong-host", 403],
  ["such a name with the port", { host: "evil.example:PORT" }, "wrong-host", 403],
  ["our address without the port", { host: "127.0.0.1" }, "wrong-host", 403],
  ["another port of ours", { host: "127.0.0.1:1" }, "wrong-host", 403],
  ["a page of somebody else", { origin: "https://evil.example" }, "wrong-origin", 403],
  ["a page of another port", { origin: "http://127.0.0.1:1" }, "wrong-origin", 403],
  ["a sandboxed frame, or a file", { origin: "null" }, "wrong-origin", 403],
  ["our page under another scheme", { origin: "https://127.0.0.1:PORT" }, "wrong-origin", 403],
  ["what the browser calls another site", { "sec-fetch-site": "cross-site" }, "wrong-site", 403],
  ["what it calls the same site", { "sec-fetch-site": "same-site" }, "wrong-site", 403],
  ["no token", { authorization: undefined }, "wrong-token", 401],
  ["an empty token", { authorization: "Bearer " }, "wrong-token", 401],
  ["half a token", { authorization: "HALF" }, "wrong-token", 401],
  ["a cookie", { authorization: undefined, cookie: "token=TOKEN" }, "wrong-token", 401],
];

it.each(WRONG)("refuses %s", async (_, wrong, error, status) => {
  const page = await shown();
  const token = tokenOf(page);
  const told = (text: string) =>
    text
      .replace("PORT", String(page.port))
      .replace("TOKEN", token)
      .replace("HALF", `Bearer ${token.slice(0, 20)}`);
  const headers = Object.fromEntries(
    Object.entries({ ...own(page), ...wrong }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, told(value as string)]],
    ),
  );
  for (const path of ["/api/snapshot", "/api/events", "/api/nothing"]) {
    const answered = await ask(page, { path, headers });
    expect([answered.status, answered.json.error]).toEqual([status, error]);
  }
  const body = { of: "shop", order: "stop" };
  const posted = await ask(page, { method: "POST", path: "/api/order", headers, body });
  expect([posted.status, posted.json.error]).toEqual([status, error]);
});

it("refuses the token of an earlier dashboard on the same port", async () => {
  const { tree } = treeOf(["web"]);
  const before = await pageOf(tree);
  await before.close();
  const page = await pageOf(tree, { port: before.port });
  const headers = { ...own(page), authorization: `Bearer ${tokenOf(before)}` };
  expect((await ask(page, { headers })).json.error).toBe("wrong-token");
});

it("refuses an order without an origin: only a page of ours sends one", async () => {
  const page = await shown();
  const { origin: _, ...headers } = own(page);
  const answered = await ask(page, { method: "POST", path: "/api/order", headers, body: {} });
  expect(answered.json.error).toBe("wrong-origin");
});

it("guards the page's files against other names and pages, and gives them without the token", async () => {
  const page = await shown();
  expect((await ask(page, { path: "/", headers: {} })).status).toBe(200);
  expect((await ask(page, { path: "/", headers: { host: "evil.example" } })).status).toBe(403);
  const framed = { "sec-fetch-site": "cross-site" };
  expect((await ask(page, { path: "/app.js", headers: framed })).status).toBe(403);
});

it("says on every answer that nothing else may be loaded, framed, guessed or kept", async () => {
  const page = await shown();
  for (const path of ["/", "/app.js", "/api/snapshot", "/api/nothing"]) {
    const { headers } = await ask(page, { path });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*|https?:/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["set-cookie"]).toBeUndefined();
  }
});

it("does not answer a preflight of somebody else", async () => {
  const page = await shown();
  const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
  const answered = await ask(page, { method: "OPTIONS", path: "/api/order", headers });
  expect(answered.status).toBe(403);
  expect(answered.headers["access-control-allow-origin"]).toBeUndefined();
});

it("drops what wants to be something else than HTTP", async () => {
  const page = await shown();
  const headers = { ...own(page), connection: "upgrade", upgrade: "websocket" };
  const end = await new Promise((resolve) => {
    const sent = request({ host: "127.0.0.1", port: page.port, path: "/", headers, agent: false });
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    sent.on("response", () => resolve("answered"));
    sent.end();
  });
  expect(end).toBe("ECONNRESET");
});
