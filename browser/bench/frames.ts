// `pnpm bench:dashboard`: how long a frame takes in Chromium with 5 000 children and 200 events a second, scrolled all the time. Prints
// the median and the 99th percentile; more than 33 ms in the median is exit code 1. CHILDREN, EVENTS and SECONDS change it.

import { dashboard } from "@steadfast/dashboard";
import { hasChromium, launchChromium } from "../test/chromium.ts";
import { crowdOf } from "../test/crowd-of.ts";

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const CHILDREN = number("CHILDREN", 5_000);
const EVENTS = number("EVENTS", 200);
const SECONDS = number("SECONDS", 10);
const AIM_MS = 33;

interface Measured {
  readonly gaps: readonly number[];
  readonly renders: number;
}

/** Scrolls a little in each frame, and writes down how long each took. */
async function framesFor(ms: number): Promise<Measured> {
  const scroller = document.querySelector(".scroller") as HTMLElement;
  const rendered = () => Number(document.documentElement.dataset.renders);
  const gaps: number[] = [];
  const before = rendered();
  const end = performance.now() + ms;
  let last = performance.now();
  let down = true;
  await new Promise<void>((resolve) => {
    const frame = (now: number) => {
      gaps.push(now - last);
      last = now;
      if (scroller.scrollTop <= 0) down = true;
      if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) down = false;
      scroller.scrollTop += down ? 40 : -40;
      if (now < end) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  return { gaps: gaps.slice(1), renders: rendered() - before };
}

const part = (sorted: readonly number[], of: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? 0;

async function measure(): Promise<Measured & { readonly heapMb: number; readonly events: number }> {
  const { tree, failAt, counted } = crowdOf(CHILDREN);
  const page = await dashboard(tree, { title: "Bench" });
  const browser = await launchChromium();
  // A failure is four events: an exit, a decision, a launch, and that it is ready. As many as are due by the clock.
  const begunAt = performance.now();
  let failed = 0;
  const every = setInterval(() => {
    const due = ((performance.now() - begunAt) / 4_000) * EVENTS;
    for (; failed < due; failed++) failAt(Math.floor(Math.random() * CHILDREN));
  }, 10);
  try {
    const tab = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    await tab.goto(page.url);
    await tab.locator('[role="row"][aria-level]').first().waitFor();
    await tab.evaluate(framesFor, 1_000);
    const before = counted();
    const measuredAt = performance.now();
    const measured = await tab.evaluate(framesFor, SECONDS * 1_000);
    const events = (counted() - before) / ((performance.now() - measuredAt) / 1_000);
    const cdp = await tab.context().newCDPSession(tab);
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    return { ...measured, events, heapMb: usedSize / 1_048_576 };
  } finally {
    clearInterval(every);
    await browser.close();
    await page.close();
    await tree.kill();
  }
}

if (!hasChromium()) {
  console.log("bench:dashboard: no chromium (apt-get install chromium)");
  process.exitCode = 1;
} else {
  const { gaps, renders, events, heapMb } = await measure();
  const sorted = [...gaps].sort((a, b) => a - b);
  const median = part(sorted, 0.5);
  const lines = [
    ["children", CHILDREN],
    ["events a second", Math.round(events)],
    ["frames", gaps.length],
    ["renders", renders],
    ["median frame", `${median.toFixed(1)} ms (aim: at most ${AIM_MS} ms)`],
    ["99th percentile", `${part(sorted, 0.99).toFixed(1)} ms`],
    ["heap of the page", `${heapMb.toFixed(1)} MB`],
  ] as const;
  for (const [name, value] of lines) console.log(`${name.padEnd(18)} ${value}`);
  process.exitCode = median <= AIM_MS ? 0 : 1;
}
