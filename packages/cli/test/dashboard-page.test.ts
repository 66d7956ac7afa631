// `--dashboard` without the package that it needs, and with one: what it says, and what it hands over.

import type { TreeHandle } from "@steadfast/supervisor/tree";
import { expect, it } from "vitest";
import { dashboardPage } from "../src/stack/dashboard-page.js";

it.each(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"])("says what to install: %s", async (code) => {
  const load = () => Promise.reject(Object.assign(new Error("no such package"), { code }));
  await expect(dashboardPage(load)).rejects.toMatchObject({
    code: "ERR_CLI",
    exitCode: 2,
    message:
      "--dashboard needs @steadfast/dashboard beside @steadfast/cli: npm install @steadfast/dashboard",
  });
});

it("does not hide what else is wrong with it", async () => {
  const load = () => Promise.reject(new SyntaxError("broken"));
  await expect(dashboardPage(load)).rejects.toThrow("broken");
});

it("hands the tree and its decisions over, and says where the page is", async () => {
  const journal = () => {};
  const said: string[] = [];
  const got: unknown[] = [];
  const served = { url: "http://127.0.0.1:1/#token", async [Symbol.asyncDispose]() {} };
  const page = await dashboardPage(async (name) => ({
    recording: () => ({ journal, name }),
    async dashboard(...given: unknown[]) {
      got.push(...given);
      return served;
    },
  }));
  expect(page.journal).toBe(journal);
  const tree = {} as TreeHandle;
  expect(await page.show(tree, "shop", (line) => said.push(line))).toBe(served);
  expect(said).toEqual(["dashboard: http://127.0.0.1:1/#token"]);
  expect(got).toEqual([
    { handle: tree, recording: { journal, name: "@steadfast/dashboard" } },
    { title: "shop" },
  ]);
});

it("ends with a sentence where the page cannot be served", async () => {
  const page = await dashboardPage(async () => ({
    recording: () => ({ journal: () => {} }),
    dashboard: () => Promise.reject(new Error("dashboard: its page is not built")),
  }));
  await expect(page.show({} as TreeHandle, "shop", () => {})).rejects.toMatchObject({
    code: "ERR_CLI",
    message: "dashboard: its page is not built",
  });
});
