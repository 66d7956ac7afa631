// `pnpm screenshot`: takes the picture in the README of the dashboard, of a tree in which a lot happens.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dashboard } from "@steadfast/dashboard";
import { busyTree } from "./test/busy-tree.ts";
import { hasChromium, launchChromium } from "./test/chromium.ts";

const PICTURES = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
/** So long until something has happened to everybody. */
const STORY_MS = 50_000;

async function take(): Promise<void> {
  const { tree, seen } = busyTree();
  const page = await dashboard({ handle: tree, recording: seen }, { title: "Shop" });
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: 1360, height: 800 } });
    await tab.goto(page.url);
    await tab.getByRole("gridcell", { name: "mailer", exact: true }).click();
    await tab.waitForTimeout(STORY_MS);
    // The mailer has used its budget up, and waits for the window.
    await tab.locator("aside .state", { hasText: "refused" }).waitFor();
    mkdirSync(PICTURES, { recursive: true });
    await tab.screenshot({ path: `${PICTURES}dashboard.png` });
  } finally {
    await browser.close();
    await page.close();
    await tree.kill();
  }
}

if (hasChromium()) await take();
else {
  console.log("screenshot: no chromium (apt-get install chromium)");
  process.exitCode = 1;
}
