// Dashboards for tests: with files of their own, and closed at the end of each test.

import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree, type TreeHandle, type TreeSpec } from "@steadfast/supervisor/tree";
import { afterEach } from "vitest";
import type { Assets } from "../src/assets.js";
import { serveDashboard } from "../src/dashboard.js";
import type { Dashboard, DashboardOptions, Watched } from "../src/index.js";

export const ASSETS: Assets = new Map([
  ["/", { type: "text/html; charset=utf-8", body: Buffer.from("<!doctype html><title>x</title>") }],
  ["/app.js", { type: "text/javascript; charset=utf-8", body: Buffer.from("export {};") }],
]);

const opened: Dashboard[] = [];
afterEach(async () => {
  for (const page of opened.splice(0)) await page.close();
});

export async function pageOf(
  watched: Watched | readonly Watched[],
  options: DashboardOptions = {},
): Promise<Dashboard> {
  const page = await serveDashboard(watched, options, ASSETS);
  opened.push(page);
  return page;
}

/** A tree on manual time whose children do what the test says. */
export function treeOf(ids: readonly string[], spec: Partial<TreeSpec> = {}) {
  const system = manualSystem();
  const launchers = new Map(ids.map((id) => [id, scriptedLauncher(system, [])]));
  const tree: TreeHandle = superviseTree(
    {
      children: ids.map((id) => ({
        id,
        launcher: launchers.get(id) as never,
        restart: "permanent",
      })),
      ...spec,
    },
    { id: "shop" },
    system,
  );
  return { system, tree, launchers };
}
