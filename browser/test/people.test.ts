// The page for everybody: axe finds nothing serious in light and in dark, the keyboard is enough, and a screen reader hears what
// happens.

import { expect, it } from "vitest";
import { serious } from "./serious.ts";
import { shop } from "./shop.ts";
import { cell, choose, look, serve } from "./stage.ts";

it.each(["light", "dark"] as const)(
  "has nothing serious for axe: %s, wide and narrow",
  async (colorScheme) => {
    const { watched, fail } = shop(["db", "web", "mail"]);
    const served = await serve(watched);
    const { page } = await look(served, { colorScheme });
    for (const attempts of ["2", "3"]) {
      fail("web");
      await cell(page, "web", "attempts").getByText(attempts).waitFor();
    }
    fail("web");
    await cell(page, "web", "state").getByText("refused").waitFor();
    expect(await serious(page)).toEqual([]);
    await choose(page, "web");
    await page.getByLabel("Policy as JSON").waitFor();
    await page.getByRole("button", { name: "Replay" }).click();
    await page
      .getByText(/of 4 answers differ/)
      .first()
      .waitFor();
    expect(await serious(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Close" }).click();
    expect(await serious(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  },
);

it("needs no mouse: from the first key to an order and back", async () => {
  const { watched, tree } = shop(["a", "b", "c"]);
  const { page } = await look(await serve(watched));
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("role") ?? document.activeElement?.id);
  await page.keyboard.press("/");
  expect(await focused()).toBe("find");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("treegrid");
  const chosen = () => page.locator('[aria-selected="true"] .child').textContent();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect.poll(chosen).toBe("b");
  const active = await page.getByRole("treegrid").getAttribute("aria-activedescendant");
  expect(await page.locator(`#${active}`).getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("End");
  await expect.poll(chosen).toBe("c");
  await page.keyboard.press("Home");
  await expect.poll(chosen).toBe("a");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await focused()).toBe("child");
  await page.getByRole("heading", { name: "b", exact: true }).waitFor(); // drawn by the next frame
  await page.keyboard.press("Tab"); // close
  await page.keyboard.press("Tab"); // restart
  await page.keyboard.press("Enter");
  await page.locator(".said").getByText("restart b: queued-after-stop").waitFor();
  await expect.poll(() => tree.child("b").status()?.attempts).toBe(2);
  await page.keyboard.press("Escape");
  await expect.poll(focused).toBe("treegrid");
  await expect.poll(() => page.locator('[aria-selected="true"]').count()).toBe(0);
});

it("is a tree of lines to a screen reader, and says what orders come to", async () => {
  const { watched } = shop(["db", "web"]);
  const { page } = await look(await serve(watched));
  const tree = await page.getByRole("treegrid", { name: "Children" }).ariaSnapshot();
  expect(tree).toMatch(/columnheader "State"/);
  expect(tree).toMatch(/gridcell "db"/);
  expect(await page.getByRole("treegrid").getAttribute("aria-rowcount")).toBe("3");
  expect(await page.locator(".said").getAttribute("aria-live")).toBe("polite");
});
