// A dashboard on loopback, a Chromium that looks at it, and everything that goes wrong in the page.

import {
  type Dashboard,
  type DashboardOptions,
  dashboard,
  type Watched,
} from "@steadfast/dashboard";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, expect } from "vitest";
import { launchChromium } from "./chromium.ts";

let browser: Promise<Browser> | null = null;
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

/** Is closed at the end of the test. */
export function later(close: () => Promise<unknown>): void {
  closing.push(close);
}

export async function serve(
  watched: Watched | readonly Watched[],
  options: DashboardOptions = {},
): Promise<Dashboard> {
  const page = await dashboard(watched, options);
  later(() => page.close());
  return page;
}

export interface Tab {
  readonly page: Page;
  /** What went wrong in it: errors, and what its policy has forbidden. */
  readonly wrong: string[];
  /** Everybody whom it has asked for something. */
  readonly origins: Set<string>;
}

/** Opens an address, with everything watched. */
export async function open(url: string, options: BrowserContextOptions = {}): Promise<Tab> {
  browser ??= launchChromium();
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  later(() => context.close());
  const page = await context.newPage();
  const wrong: string[] = [];
  const origins = new Set<string>();
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { forbidden: seen });
    document.addEventListener("securitypolicyviolation", (event) =>
      seen.push(event.effectiveDirective),
    );
  });
  await page.goto(url);
  return { page, wrong, origins };
}

/** Opens a dashboard, and waits until it shows children. */
export async function look(page: Dashboard, options: BrowserContextOptions = {}): Promise<Tab> {
  const tab = await open(page.url, options);
  await tab.page.locator('[role="row"][aria-level]').first().waitFor();
  return tab;
}

export const row = (page: Page, name: string) =>
  page
    .locator('[role="row"][aria-level]')
    .filter({ has: page.getByRole("gridcell", { name, exact: true }) });

/** The cell of a row, by its class. */
export const cell = (page: Page, name: string, kind: string) => row(page, name).locator(`.${kind}`);

/** Chooses a child, and waits until its page is there. */
export async function choose(page: Page, name: string): Promise<void> {
  await row(page, name).locator(".child").click();
  await page.getByRole("heading", { name: "Why" }).waitFor();
}

/** Nothing has gone wrong, nothing was forbidden, and nobody else was asked for anything. */
export async function allWell({ page, wrong, origins }: Tab, from: Dashboard): Promise<void> {
  expect(wrong).toEqual([]);
  expect(
    await page.evaluate(() => (globalThis as unknown as { forbidden: string[] }).forbidden),
  ).toEqual([]);
  expect([...origins]).toEqual([`http://127.0.0.1:${from.port}`]);
}
