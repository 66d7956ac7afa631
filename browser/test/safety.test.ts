// Nobody else gets anywhere: pages of other origins and names, missing and old tokens, and whatever stands in names, logs and
// errors.

import { createServer } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { failure, shop } from "./shop.ts";
import { allWell, choose, later, look, open, serve } from "./stage.ts";

/** The connections of a server in this process: cutting them is what a bad network does. */
const socketsOf = (port: number): readonly Socket[] =>
  (process as unknown as { _getActiveHandles(): unknown[] })
    ._getActiveHandles()
    .filter((one): one is Socket => one instanceof Socket && one.localPort === port);

/** A page of somebody else, on another port. */
async function otherPage(body = "<!doctype html><title>other</title>"): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  later(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it("lets nobody in without a token, or with an old one, and says what to do", async () => {
  const { watched } = shop();
  const before = await serve(watched);
  await before.close();
  const served = await serve(watched, { port: before.port });
  for (const url of [`http://127.0.0.1:${served.port}/`, before.url]) {
    const { page } = await open(url);
    await page
      .getByRole("alert")
      .getByText(/token is missing or old/)
      .waitFor();
    expect(await page.locator('[role="row"]').count()).toBe(0);
  }
});

it("keeps the token for the tab, out of the address, and through a reload", async () => {
  const { watched } = shop();
  const served = await serve(watched);
  const { page } = await look(served);
  expect(page.url()).toBe(`http://127.0.0.1:${served.port}/`);
  await page.reload();
  await page.locator('[role="row"][aria-level]').first().waitFor();
  expect(await page.context().cookies()).toEqual([]);
});

it("refuses a page of another origin that has the token, and does what it orders not at all", async () => {
  const { watched, tree } = shop();
  const served = await serve(watched);
  const { page } = await open(await otherPage());
  const outcomes = await page.evaluate(
    async ([url, token]) => {
      const order = JSON.stringify({ of: "shop", order: "stop" });
      const asked = async (init: RequestInit, path: string) => {
        try {
          const { status, type } = await fetch(`${url}${path}`, init);
          return type === "opaque" ? "opaque" : status;
        } catch {
          return "refused";
        }
      };
      const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
      return [
        await asked({ headers }, "api/snapshot"),
        await asked({ method: "POST", headers, body: order }, "api/order"),
        await asked({ method: "POST", body: order, mode: "no-cors" }, "api/order"),
        await asked({ mode: "no-cors" }, "api/snapshot"),
      ];
    },
    [`http://127.0.0.1:${served.port}/`, served.url.split("#")[1] as string] as const,
  );
  // What is readable is refused; what is opaque was answered with 403, and has no effect.
  expect(outcomes).toEqual([
    "refused",
    "refused",
    expect.stringMatching(/opaque|refused/),
    expect.stringMatching(/opaque|refused/),
  ]);
  expect(tree.status().outcome).toBe(null);
});

it("is in no frame of another page", async () => {
  const { watched } = shop();
  const served = await serve(watched);
  const { page, wrong } = await open(await otherPage(`<iframe src="${served.url}"></iframe>`));
  await expect.poll(() => wrong.length).toBeGreaterThan(0);
  const [, frame] = page.frames();
  expect(
    await frame
      ?.locator('[role="row"]')
      .count()
      .catch(() => 0),
  ).toBe(0);
});

it("shows hostile names, errors and output as text, and nothing runs", async () => {
  const hostile = [
    "<img src=x onerror=globalThis.broken=1>",
    "<script>globalThis.broken=1<\\script>",
    "javascript:globalThis.broken=1",
    '"><svg onload=globalThis.broken=1>',
    "\u202Egnp.exe\u0000\u001b[31m",
    "{{constructor.constructor(1)()}}",
    "x".repeat(400),
  ];
  const ids = hostile.map((name) => name.replaceAll("/", "|"));
  const { watched, fail, tree } = shop(ids);
  const served = await serve(watched, { title: "<b>title</b>" });
  const tab = await look(served);
  const { page } = tab;
  for (const id of ids) fail(id, failure(id, [id, "\u001b]0;owned\u0007", `</pre>${id}`]));
  await page.getByRole("button", { name: `${ids.length} up` }).waitFor();
  const names = await page.locator('[role="row"][aria-level] .child').allTextContents();
  expect(names.map((name) => name.replace("\u0000", "\uFFFD"))).toEqual(
    ids.map((id) => id.replace("\u0000", "\uFFFD")),
  );
  const [first] = ids;
  await page.locator('[role="row"][aria-level]').first().locator(".child").click();
  await page.getByRole("heading", { name: "Last exit" }).waitFor();
  expect(await page.locator("pre").textContent()).toContain(`</pre>${first}`);
  expect(await page.locator("pre img, .child img, svg, b:has(script)").count()).toBe(0);
  expect(await page.evaluate(() => "broken" in globalThis)).toBe(false);
  expect(tree.status().outcome).toBe(null);
  await allWell(tab, served);
});

it("runs nothing that somebody has got into the page", async () => {
  const { watched } = shop();
  const { page } = await look(await serve(watched));
  // In a task of the page: what a debugger evaluates is let through.
  const forbidden = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const tried: string[] = [];
        const attempt = (what: () => void) => {
          try {
            what();
          } catch (error) {
            tried.push((error as Error).name);
          }
        };
        setTimeout(() => {
          attempt(() => {
            document.body.innerHTML += "<img src=x onerror=globalThis.broken=1>";
          });
          attempt(() => Reflect.get(globalThis, "eval")("globalThis.broken=1"));
          const script = document.createElement("script");
          attempt(() => {
            script.text = "globalThis.broken=1";
          });
          resolve([...tried, "broken" in globalThis ? "broken" : "whole"]);
        });
      }),
  );
  expect(forbidden).toEqual(["TypeError", "EvalError", "TypeError", "whole"]);
});

it("refuses a page that stayed open while the dashboard was started again: its token is old", async () => {
  const { watched } = shop(["web"]);
  const served = await serve(watched);
  const { page } = await look(served);
  await page.locator(".connection").getByText("live").waitFor();
  await served.close();
  await page.locator(".connection").getByText("connection lost").waitFor();
  const again = await serve(watched, { port: served.port });
  await page
    .getByRole("alert")
    .getByText(/token is missing or old/)
    .waitFor();
  expect(again.clients).toBe(0);
});

it("resumes by the id of the last message: what was missed comes, no snapshot", async () => {
  const { watched, fail } = shop(["db", "web"]);
  const served = await serve(watched);
  const { page } = await look(served);
  await page.locator(".connection").getByText("live").waitFor();
  const asked: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/events")) asked.push(request.headers()["last-event-id"]);
  });
  fail("db");
  await page
    .locator('[role="row"][aria-level]')
    .filter({ hasText: "db" })
    .locator(".attempts")
    .getByText("2")
    .waitFor();
  await choose(page, "web");
  // Every connection is cut, and the page is kept from coming back for a while.
  let isCut = true;
  await page.route("**/api/events", (route) => (isCut ? route.abort() : route.continue()));
  for (const socket of socketsOf(served.port)) socket.destroy();
  await page.locator(".connection").getByText("connection lost").waitFor();
  fail("web");
  isCut = false;
  await page
    .locator('[role="row"][aria-level]')
    .filter({ hasText: "web" })
    .locator(".attempts")
    .getByText("2")
    .waitFor();
  await page.locator(".connection").getByText("live").waitFor();
  expect(asked.at(-1)).toMatch(/^[\w-]+\.\d+$/);
  // What was chosen stays chosen.
  expect(await page.getByRole("heading", { name: "web" }).count()).toBe(1);
});
