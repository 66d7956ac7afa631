// The site as a reader has it: its search finds, a phone shows every page without scrolling sideways, axe finds nothing serious,
// and nothing is asked of anybody else.

import { expect, it } from "vitest";
import { serious } from "../test/serious.ts";
import { open } from "../test/stage.ts";
import { PAGES, serveSite } from "./served.ts";

const PHONE = { width: 360, height: 740 };

it("has a page for every step of a newcomer", () => {
  expect(PAGES).toEqual(
    expect.arrayContaining([
      "index.html",
      "start.html",
      "which-policy.html",
      "packages/supervisor.html",
      "trees.html",
      "property-testing.html",
      "more-than-one-machine.html",
      "what-if.html",
      "reference/names.html",
      "reference/backoff.html",
      "compared.html",
      "performance.html",
      "provenance.html",
    ]),
  );
});

it("finds a word, from the keyboard, and leads to it; nothing is asked of anybody else", async () => {
  const origin = await serveSite();
  const { page, wrong, origins } = await open(`${origin}/`);
  await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator(".VPLocalSearchBox input").fill("decorrelated");
  await page.locator(".results .result", { hasText: "decorrelated" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/reference|packages/);
  await page.locator(".vp-doc", { hasText: "decorrelated" }).waitFor();
  expect(wrong).toEqual([]);
  expect([...origins]).toEqual([origin]);
});

it("leads from the home page to the start, and from there to the next page", async () => {
  const origin = await serveSite();
  const { page, wrong, origins } = await open(`${origin}/`);
  await page.getByRole("link", { name: "Start in three minutes" }).click();
  await page.getByRole("heading", { level: 1, name: "Start" }).waitFor();
  await page.locator(".pager-link.next").click();
  await page.getByRole("heading", { level: 1, name: "Which policy?" }).waitFor();
  expect(wrong).toEqual([]);
  expect([...origins]).toEqual([origin]);
});

it("finds a function in the index by name, and leads to its place in the reference", async () => {
  const origin = await serveSite();
  const { page } = await open(`${origin}/reference/names.html`);
  await page.locator(".vp-doc").getByRole("link", { name: "slidingWindow", exact: true }).click();
  await page.waitForURL(/\/reference\/sliding-window\.html#slidingwindow$/);
  await page.getByRole("heading", { level: 3, name: /^slidingWindow\b/ }).waitFor();
});

it("no page is wider than a phone", async () => {
  const origin = await serveSite();
  const { page } = await open("about:blank", { viewport: PHONE, javaScriptEnabled: false });
  const wide: string[] = [];
  for (const path of PAGES) {
    await page.goto(`${origin}/${path}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > PHONE.width) wide.push(`${path}: ${width}`);
  }
  expect(PAGES.length).toBeGreaterThan(50);
  expect(wide).toEqual([]);
});

it.each(["light", "dark"] as const)("has nothing serious for axe: %s", async (colorScheme) => {
  const origin = await serveSite();
  for (const path of ["", "start.html", "reference/backoff.html"]) {
    const { page, wrong } = await open(`${origin}/${path}`, { colorScheme });
    expect(await serious(page), path).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await serious(page), `${path}, narrow`).toEqual([]);
    expect(wrong).toEqual([]);
  }
});
