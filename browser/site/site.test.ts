// The site as a reader has it: its search finds, a phone shows every page without scrolling sideways, axe finds nothing serious,
// and nothing is asked of anybody else.

import { expect, it } from "vitest";
import { serious } from "../test/serious.ts";
import { open } from "../test/stage.ts";
import { PAGES, readPage, serveSite } from "./served.ts";

const sheetsOf = (html: string) => html.match(/<link[^>]*rel="[^"]*stylesheet"[^>]*>/g);

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
      "reference/backoff/index.html",
      "reference/backoff/backoff.html",
      "reference/backoff/types.html",
      "migrate.html",
      "migrate/pm2.html",
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

it("finds a function in the index by name, and leads to its own page, beside those of its package", async () => {
  const origin = await serveSite();
  const { page } = await open(`${origin}/reference/names.html`);
  await page.locator(".vp-doc").getByRole("link", { name: "slidingWindow", exact: true }).click();
  await page.waitForURL(/\/reference\/sliding-window\/slidingWindow\.html$/);
  await page.getByRole("heading", { level: 1, name: /^slidingWindow\b/ }).waitFor();
  const blocks = await page.locator(".vp-doc div[class*=language-]").allInnerTexts();
  expect(blocks[0]).toContain("function slidingWindow(");
  expect(blocks[1]).toContain("slidingWindow({ limit: 1");
  await page.locator(".vp-doc").getByRole("link", { name: "SlidingWindowOptions" }).click();
  await page.waitForURL(/\/types\.html#slidingwindowoptions$/);
  await page.locator(".VPSidebar").getByRole("link", { name: "windowView", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: /^windowView\b/ }).waitFor();
});

it("finds a function by the search, and leads to its own page", async () => {
  const origin = await serveSite();
  const { page } = await open(`${origin}/`);
  await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator(".VPLocalSearchBox input").fill("windowView");
  await page.locator(".results .result", { hasText: "windowView" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/reference\/sliding-window\/windowView\.html/);
  await page.getByRole("heading", { level: 1, name: /^windowView\b/ }).waitFor();
});

it("no page is wider than a phone", async () => {
  const origin = await serveSite();
  const { page } = await open("about:blank", { viewport: PHONE, javaScriptEnabled: false });
  const widths = new Map<string, number>();
  // The several hundred pages of names have one style sheet and no picture: what each says is put into the document of the first.
  const ofNames = PAGES.filter((path) => /^reference\/.*\//.test(path));
  const [first = ""] = ofNames;
  for (const path of [...PAGES.filter((path) => !ofNames.includes(path)), first]) {
    await page.goto(`${origin}/${path}`);
    widths.set(path, await page.evaluate(() => document.documentElement.scrollWidth));
  }
  const sheets = sheetsOf(readPage(first));
  for (const path of ofNames) {
    const html = readPage(path);
    expect([path, sheetsOf(html), html.includes("<img")]).toEqual([path, sheets, false]);
    const [main = ""] = /<main.*<\/main>/s.exec(html) ?? [];
    expect(main).toContain("<h1");
    const width = await page.evaluate((text) => {
      (document.querySelector("main") as Element).outerHTML = text;
      return document.documentElement.scrollWidth;
    }, main);
    widths.set(path, width);
  }
  const wide = [...widths].filter(([, width]) => width > PHONE.width);
  expect(widths.size).toBe(PAGES.length);
  expect(PAGES.length).toBeGreaterThan(300);
  expect(wide).toEqual([]);
});

it.each(["light", "dark"] as const)("has nothing serious for axe: %s", async (colorScheme) => {
  const origin = await serveSite();
  for (const path of ["", "start.html", "reference/backoff/backoff.html"]) {
    const { page, wrong } = await open(`${origin}/${path}`, { colorScheme });
    expect(await serious(page), path).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await serious(page), `${path}, narrow`).toEqual([]);
    expect(wrong).toEqual([]);
  }
});
