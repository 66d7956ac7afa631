// What `dashboard` refuses before it listens, by name: options, handles, a page that is not built, a port that is taken.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readAssets } from "../src/assets.js";
import { type Dashboard, dashboard, recording, type Watched } from "../src/index.js";
import { ask } from "./asking.js";
import { ASSETS, pageOf, treeOf } from "./pages.js";

const OPTIONS: readonly (readonly [options: object, message: RegExp])[] = [
  [{ port: -1 }, /dashboard: port must be a whole number from 0 to 65.?535, got -1/],
  [{ port: 65_536 }, /port/],
  [{ port: "80" }, /port/],
  [{ title: " " }, /title must be a text, not blank/],
  [{ orders: 1 }, /orders must be true or false/],
  [{ maxClients: 0 }, /maxClients/],
  [{ maxClients: 65 }, /maxClients/],
  [{ history: 99 }, /history/],
  [{ history: 100_001 }, /history/],
  [{ prot: 80 }, /unknown option prot.*port/],
];

it.each(OPTIONS)("refuses %j by name", async (options, message) => {
  const { tree } = treeOf(["web"]);
  await expect(pageOf(tree, options)).rejects.toThrow(message);
});

const other = treeOf(["a"]).tree;
const WATCHED: readonly (readonly [why: string, watched: unknown, message: RegExp])[] = [
  ["nothing", undefined, /watched must be what supervise\(\) or superviseTree\(\) returned/],
  ["an empty list", [], /at least one handle/],
  ["what is no handle", { stop() {} }, /watched must be what supervise/],
  ["a handle that is none", { handle: 1 }, /handle must be what supervise/],
  [
    "a recording that is none",
    { handle: other, recording: {} },
    /recording must be what recording/,
  ],
  ["a misspelt recording", { handle: other, recroding: recording() }, /recroding.*recording/],
  ["two of one name", [other, other], /handles with an `id` each, got "shop"/],
];

it.each(WATCHED)("refuses %s", async (_, watched, message) => {
  await expect(pageOf(watched as Watched)).rejects.toThrow(message);
});

it("refuses an argument too many", async () => {
  const extra = dashboard as (...given: unknown[]) => Promise<Dashboard>;
  await expect(extra(other, {}, {})).rejects.toThrow("dashboard");
});

it("rejects where the port is taken, and listens to nothing then", async () => {
  const { tree } = treeOf(["web"]);
  const first = await pageOf(tree);
  await expect(pageOf(tree, { port: first.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect((await ask(first)).status).toBe(200);
});

it("reads the files of a page and nothing else, and says how a page is built that is not there", () => {
  const folder = mkdtempSync(join(tmpdir(), "assets-"));
  try {
    const missing = {
      code: "ERR_DASHBOARD_ASSETS",
      message: expect.stringContaining("pnpm assets"),
    };
    expect(() => readAssets(folder)).toThrow(expect.objectContaining(missing));
    expect(() => readAssets(join(folder, "none"))).toThrow(expect.objectContaining(missing));
    for (const name of ["index.html", "page.js", "notes.txt"])
      writeFileSync(join(folder, name), name);
    expect([...readAssets(folder)].map(([path, { type }]) => [path, type])).toEqual([
      ["/", "text/html; charset=utf-8"],
      ["/page.js", "text/javascript; charset=utf-8"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(ASSETS.size).toBe(2);
});
