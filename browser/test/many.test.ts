// Five thousand children and ten thousand events: few lines in the page, at most one render a frame, and a heap that does not
// grow.

import { expect, it } from "vitest";
import { crowd } from "./crowd.ts";
import { allWell, look, serve } from "./stage.ts";

const CHILDREN = 5_000;

it("has the lines in sight in the page, and no others, wherever it is scrolled to", async () => {
  const { watched } = crowd(CHILDREN);
  const served = await serve(watched);
  const tab = await look(served);
  const { page } = tab;
  const rows = page.locator('[role="row"][aria-level]');
  expect(await page.getByRole("treegrid").getAttribute("aria-rowcount")).toBe(String(CHILDREN + 1));
  for (const part of [0, 0.5, 1]) {
    await page.locator(".scroller").evaluate((scroller, to) => {
      scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * to;
    }, part);
    const name = `child-${Math.max(1, Math.round(CHILDREN * part))}`;
    await page.getByText(name, { exact: true }).waitFor({ state: "attached" });
    expect(await rows.count()).toBeLessThan(50);
  }
  await allWell(tab, served);
});

it("renders at most once a frame, whatever comes, and its heap is flat over ten thousand events", async () => {
  const { watched, failMany } = crowd(CHILDREN);
  const { page } = await look(await serve(watched));
  const cdp = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    const seen = { frames: 0, most: 0, renders: 0 };
    Object.assign(globalThis, { seen });
    const rendered = () => Number(document.documentElement.dataset.renders);
    let before = rendered();
    const look = () => {
      const now = rendered();
      seen.frames += 1;
      seen.renders += now - before;
      seen.most = Math.max(seen.most, now - before);
      before = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const used = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    return (await cdp.send("Runtime.getHeapUsage")).usedSize;
  };
  const until = async (attempts: number) =>
    page.waitForFunction((wanted) => {
      const cell = document.querySelector('[role="row"][aria-level] .attempts');
      return Number(cell?.textContent) >= wanted;
    }, attempts);
  let attempts = 1;
  const round = async () => {
    failMany(1_000); // each is an exit, a decision, a launch, and that it is ready: 4 events
    attempts += 1;
    await until(attempts);
  };
  // What is kept is bounded, and full after so many.
  for (let i = 0; i < 3; i++) await round();
  const before = await used();
  for (let i = 0; i < 3; i++) await round();
  const grown = (await used()) - before;
  expect(grown).toBeLessThan(1_500_000);
  const seen = await page.evaluate(
    () =>
      (globalThis as unknown as { seen: { frames: number; most: number; renders: number } }).seen,
  );
  expect(seen.most).toBe(1);
  expect(seen.renders).toBeLessThanOrEqual(seen.frames);
});
