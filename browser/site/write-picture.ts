// `pnpm site:picture`: takes the picture of the playground that stands in the README and on its page: "give up after six crashes in
// ten seconds", once with `allOf` and once with `inTurn`, under the same crashes.

import { fileURLToPath } from "node:url";
import { addressOf } from "../../site/playground/model/address.ts";
import { EXAMPLES, worldOf } from "../../site/playground/model/examples.ts";
import { START } from "../../site/playground/model/scene.ts";
import { hasChromium, launchChromium } from "../test/chromium.ts";
import { startSite } from "./server.ts";

const PICTURE = fileURLToPath(new URL("../../docs/pictures/playground.png", import.meta.url));
const [WIDTH, HEIGHT] = [1_320, 712];
/** Around it. */
const MARGIN = 10;

async function take(): Promise<void> {
  const example = EXAMPLES.find(({ name }) => name.includes("allOf or inTurn"));
  if (example === undefined) throw new Error("the example is gone");
  const hash = addressOf({ ...START, ...worldOf(example), a: example.a, b: example.b ?? null });
  const site = await startSite();
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
    await tab.goto(`${site.origin}/playground.html${hash}`);
    const playground = tab.locator(".playground");
    await playground.locator(".time-line").waitFor();
    const box = await playground.boundingBox();
    if (box === null) throw new Error("the playground is not there");
    const clip = {
      x: box.x - MARGIN,
      y: box.y - MARGIN,
      width: box.width + 2 * MARGIN,
      height: HEIGHT,
    };
    await tab.screenshot({ path: PICTURE, fullPage: true, clip });
  } finally {
    await browser.close();
    await site.close();
  }
}

if (hasChromium()) await take();
else {
  console.log("site:picture: no chromium (apt-get install chromium)");
  process.exitCode = 1;
}
