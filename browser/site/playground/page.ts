// The playground in Chromium, as a person finds and moves what is in it.

import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { open, type Tab } from "../../test/stage.ts";

/** Opens it with an address, and waits until it is there. */
export async function play(
  origin: string,
  hash = "",
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const tab = await open(`${origin}/playground.html${hash}`, options);
  await tab.page.locator(".playground .time-line").waitFor();
  return tab;
}

export const panel = (page: Page, name: "A" | "B"): Locator =>
  page.getByRole("region", { name: `Policy ${name}` });

export const mark = (page: Page, name: string): Locator =>
  page.getByRole("slider", { name, exact: true });

/** What stands in the table: the text of each row without its states. */
export async function decided(page: Page): Promise<readonly string[]> {
  const rows = await page.locator(".decisions tbody tr").all();
  const cells = rows.map(async (row) => {
    const texts = await row.locator("td.when, .answer > b, td.none").allTextContents();
    return texts.join(" | ");
  });
  return Promise.all(cells);
}

/** Waits until the hand rests and the address has changed. */
export async function addressWith(page: Page, part: string): Promise<string> {
  await page.waitForURL((url) => decodeURIComponent(url.hash).includes(part));
  return new URL(page.url()).hash;
}

/** Moves a mark by so many pixels with the pointer. */
export async function drag(page: Page, name: string, byPx: number): Promise<void> {
  const box = await mark(page, name).boundingBox();
  if (box === null) throw new Error(`${name} is not there`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + byPx / 2, y, { steps: 3 });
  await page.mouse.move(x + byPx, y, { steps: 3 });
  await page.mouse.up();
}

/** Nothing has gone wrong, and nobody else was asked for anything. */
export function allWell({ wrong, origins }: Tab, origin: string): void {
  expect(wrong).toEqual([]);
  expect([...origins]).toEqual([origin]);
}
