// The playground as a person uses it: forms, marks by pointer and by keys, two policies side by side, and the address.

import { expect, it } from "vitest";
import { addressOf } from "../../../site/playground/model/address.ts";
import { EXAMPLES } from "../../../site/playground/model/examples.ts";
import { type Scene, START } from "../../../site/playground/model/scene.ts";
import { serious } from "../../test/serious.ts";
import { open } from "../../test/stage.ts";
import { serveSite } from "../served.ts";
import { addressWith, allWell, decided, drag, mark, panel, play } from "./page.ts";

const PHONE = { width: 360, height: 740 };
const at = (...instants: number[]) => instants.map((at) => ({ at, kind: "crash" as const }));
const LIMIT = { kind: "slidingWindow", options: { limit: 2, windowMs: "30s" } };
const hashOf = (change: Partial<Scene>) => addressOf({ ...START, ...change });
const LIMITED = hashOf({ a: LIMIT, marks: at(10_000, 20_000) });

it("an option in the form changes the decision; what is wrong stands at its field", async () => {
  const origin = await serveSite();
  const tab = await play(origin, LIMITED);
  const { page } = tab;
  const before = [
    "0 ms | launch at once",
    "10 s | launch at once",
    "20 s | not for 10 s (window-full)",
    "30 s | launch at once",
    "40 s | noted",
  ];
  expect(await decided(page)).toEqual(before);
  const limit = panel(page, "A").getByLabel("limit *");
  await limit.fill("3");
  await expect.poll(() => decided(page)).toContain("20 s | launch at once");
  await limit.fill("-1");
  const fault = panel(page, "A").locator(".field .fault");
  await fault.waitFor();
  expect(await fault.textContent()).toMatch(/^must be a whole number from 0 to .*, got -1$/);
  expect(await limit.getAttribute("aria-invalid")).toBe("true");
  expect(await panel(page, "A").getByRole("alert").textContent()).toMatch(
    /^policy\.options\.limit/,
  );
  await limit.fill("2");
  await expect.poll(() => decided(page)).toEqual(before);
  await panel(page, "A").getByLabel("counts").selectOption("failures");
  await expect.poll(() => decided(page)).toContain("20 s | not for 20 s (window-full)");
  await addressWith(page, '"counts":"failures"');
  allWell(tab, origin);
});

it("puts policies together: wraps, adds, takes out, changes the kind; JSON and code say the same", async () => {
  const origin = await serveSite();
  const tab = await play(origin, LIMITED);
  const { page } = tab;
  const a = panel(page, "A");
  const name = () => a.locator("h2 .name").textContent();
  await a.getByLabel("Put something around policy A").selectOption("inTurn");
  await expect.poll(name).toBe("inTurn(slidingWindow)");
  await a.getByRole("button", { name: "Add a policy to A" }).click();
  await a.getByLabel("Kind of policy A at members[1]").selectOption("backoff");
  await expect.poll(name).toBe("inTurn(slidingWindow, backoff)");
  await a.getByRole("button", { name: "Move up policy A at members[1]" }).click();
  await expect.poll(name).toBe("inTurn(backoff, slidingWindow)");
  await a.getByLabel("jitter").selectOption("proportional");
  await a.getByLabel("between *").fill("1, 1");
  await a.getByLabel("Put something around policy A at members[0]").selectOption("coarse");
  await expect.poll(name).toBe("inTurn(coarse(backoff), slidingWindow)");
  await a.getByRole("button", { name: "TypeScript" }).click();
  const code = await a.locator("pre").textContent();
  expect(code).toContain("proportional({ low: 1, high: 1 })");
  expect(code).toContain("slidingWindow({ limit: 2, windowMs: 30_000 })");
  await a.getByRole("button", { name: "JSON" }).click();
  const json = a.getByRole("textbox");
  expect(await json.inputValue()).toContain('"between": [');
  await json.fill('{ "kind": "slidingWindw" }');
  await a
    .getByRole("alert")
    .getByText(/policy\.kind .*slidingWindow/)
    .waitFor();
  await json.fill("{");
  await a
    .getByRole("alert")
    .getByText(/must be JSON/)
    .waitFor();
  await json.fill("3/1m");
  await expect.poll(name).toBe("slidingWindow");
  await a.getByRole("button", { name: "Form" }).click();
  await a.getByLabel("Kind of policy A").selectOption("preset:systemd");
  await a.getByLabel("restart", { exact: true }).selectOption("on-failure");
  await expect.poll(name).toBe("systemd");
  allWell(tab, origin);
});

it("a crash is dragged by the pointer, moved by keys, added and taken away", async () => {
  const origin = await serveSite();
  const tab = await play(origin, LIMITED);
  const { page } = tab;
  const value = async (name: string) =>
    Number(await mark(page, name).getAttribute("aria-valuenow"));
  const width = (await page.locator(".track").boundingBox())?.width ?? 0;
  await drag(page, "crash 2", width / 3);
  expect(await value("crash 2")).toBeGreaterThan(39_500);
  expect(await value("crash 2")).toBeLessThan(40_500);
  await expect.poll(() => decided(page)).not.toContain("20 s | not for 10 s (window-full)");
  await mark(page, "crash 2").press("Home");
  await expect.poll(() => value("crash 2")).toBe(0);
  await mark(page, "crash 2").press("ArrowRight");
  await expect.poll(() => value("crash 2")).toBe(500);
  await mark(page, "crash 2").press("Shift+ArrowRight");
  await mark(page, "crash 2").press("Alt+ArrowLeft");
  await expect.poll(() => value("crash 2")).toBe(5_499);
  await page.getByLabel("Mark 2 at").fill("1m");
  await addressWith(page, "at=10s,1m");
  await page.getByLabel("is a").selectOption("clean");
  await mark(page, "clean exit 2").waitFor();
  await mark(page, "clean exit 2").press("Delete");
  await addressWith(page, "at=10s&");
  expect(await mark(page, "crash 1").evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByRole("button", { name: "Add crash" }).click();
  await expect.poll(() => value("crash 2")).toBe(15_000);
  await page.locator(".track").click({ position: { x: width / 2, y: 20 } });
  await expect.poll(() => value("crash 3")).toBeGreaterThan(29_000);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect
    .poll(async () => (await page.locator(".track").boundingBox())?.width)
    .toBeCloseTo(width * 2, -1);
  allWell(tab, origin);
});

it("says of a crash that hits nothing that the child is not running", async () => {
  const origin = await serveSite();
  const { page } = await play(origin, hashOf({ a: LIMIT, marks: at(10_000, 20_000, 25_000) }));
  await mark(page, "crash 3").focus();
  await page.getByText("A: not running: it waits until 30 s").waitFor();
  expect(await mark(page, "crash 3").getAttribute("aria-valuetext")).toContain("not running");
  expect(await mark(page, "crash 2").getAttribute("aria-valuetext")).toBe("20 s");
});

it("compares two: marks what differs, names the first difference, shows hints and states", async () => {
  const origin = await serveSite();
  const tab = await play(origin, LIMITED);
  const { page } = tab;
  await page.getByRole("button", { name: "Compare with another" }).click();
  await page.getByText("A and B decide the same on this line.").waitFor();
  await panel(page, "B").getByLabel("limit *").fill("3");
  const said = page.getByRole("status").filter({ hasText: "First difference at 20 s" });
  await said.getByText("crashed. A: not for 10 s (window-full). B: launch at once.").waitFor();
  expect(await page.locator("tr.differs").count()).toBe(4);
  expect(await page.locator("tr.first .when").textContent()).toBe("20 s");
  await page
    .getByText(
      /slidingWindow has counted 2 launches in 30 s, and its limit is 2; asked again in 10 s/,
    )
    .waitFor();
  await page.getByLabel("only what differs").check();
  await expect.poll(async () => (await decided(page)).length).toBe(4);
  await page.getByLabel("State of B after crashed at 20 s").click();
  const state = page.locator("tr.first .answer").nth(1).locator("pre");
  expect(JSON.parse((await state.textContent()) ?? "")).toEqual({
    count: 3,
    stamps: [0, 10_000, 20_000],
  });
  await page.getByRole("button", { name: "Find the shortest" }).click();
  await page.getByText("Found: the shortest line that parts them.").waitFor();
  await page.getByText("First difference at 0 ms").waitFor();
  expect(await page.getByRole("slider").count()).toBe(2);
  await page.getByRole("button", { name: "Remove B" }).click();
  await expect.poll(() => panel(page, "B").count()).toBe(0);
  allWell(tab, origin);
});

it("a link shows the same in a second tab, chance included; the address follows each edit and is heard when it changes", async () => {
  const origin = await serveSite();
  const first = await play(origin);
  const { page } = first;
  await page.getByLabel("Begin with an example").selectOption({ label: "Jitter: none or full" });
  await page.getByLabel("seed of chance").fill("77");
  await mark(page, "crash 1").press("ArrowRight");
  const hash = await addressWith(page, "at=1s500ms,");
  expect(hash).toContain("seed=77");
  const second = await play(origin, hash);
  const rows = await decided(page);
  expect(rows.length).toBeGreaterThan(8);
  expect(await decided(second.page)).toEqual(rows);
  expect(await second.page.locator(".decisions").textContent()).toBe(
    await page.locator(".decisions").textContent(),
  );
  await second.page.evaluate(
    (to) => {
      location.hash = to;
    },
    hash.replace("seed=77", "seed=78"),
  );
  await expect.poll(() => decided(second.page)).not.toEqual(rows);
  await second.page.goBack();
  await expect.poll(() => decided(second.page)).toEqual(rows);
  allWell(first, origin);
  allWell(second, origin);
});

it("a link of a page opens it with the policies that stand there", async () => {
  const origin = await serveSite();
  const tab = await open(`${origin}/which-policy.html`);
  const { page } = tab;
  const link = page.getByRole("link", { name: "allOf(growing, six) beside inTurn(growing, six)" });
  await link.click();
  await page.locator(".playground .time-line").waitFor();
  const name = (side: "A" | "B") => panel(page, side).locator("h2 .name").textContent();
  expect(await name("A")).toBe("allOf(backoff, giveUp(slidingWindow))");
  expect(await name("B")).toBe("inTurn(backoff, giveUp(slidingWindow))");
  expect(await page.locator(".faults").count()).toBe(0);
  expect(await decided(page)).toContainEqual(
    expect.stringContaining("6.2 s | never (window-full)"),
  );
  allWell(tab, origin);
});

it("copies the link", async () => {
  const origin = await serveSite();
  const { page } = await play(origin, LIMITED, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Copied: everybody who opens the link sees the same.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`${origin}/playground.html${LIMITED}`);
});

it("a broken link says what is wrong, and the page can be used", async () => {
  const origin = await serveSite();
  const tab = await play(origin, "#a=%7B&at=1x&seed=9&sed=1");
  const { page } = tab;
  const faults = page.locator(".faults li");
  expect(await faults.allTextContents()).toEqual([
    '"sed" is unknown (did you mean seed?).',
    expect.stringMatching(/^"a" \(the policy A\) must be JSON, or a short form such as 10\/10m: /),
    '"at" (the instants) must be a duration such as 500ms or 1m30s, from 0s to 1000d, got "1x".',
  ]);
  expect(await page.getByLabel("seed of chance").inputValue()).toBe("9");
  await page.getByRole("button", { name: "Add crash" }).click();
  await expect.poll(() => faults.count()).toBe(0);
  await addressWith(page, "at=5s");
  allWell(tab, origin);
});

const SCRIPT = "<img src=x onerror=globalThis.harmed=1><script>globalThis.harmed=1</script>";
const deep = (levels: number): unknown =>
  levels === 0 ? "always" : { kind: "allOf", members: [deep(levels - 1), deep(levels - 1)] };

const chain = (levels: number): unknown =>
  levels === 0 ? "always" : { kind: "giveUp", members: [chain(levels - 1)] };

const HARMFUL: readonly (readonly [what: string, hash: string])[] = [
  ["markup as a policy", `#a=${encodeURIComponent(SCRIPT)}`],
  [
    "markup as names",
    `#a=${encodeURIComponent(JSON.stringify({ kind: SCRIPT, options: { [SCRIPT]: SCRIPT } }))}`,
  ],
  ["a name of an object", "#a=%7B%22kind%22:%22__proto__%22%7D&b=constructor&__proto__=1"],
  ["a policy without end", `#a=${encodeURIComponent(JSON.stringify(chain(100)))}`],
  ["too many policies", `#a=${encodeURIComponent(JSON.stringify(deep(5)))}`],
  [
    "a long line of many refusals",
    `#a=${encodeURIComponent('{"kind":"allOf","members":["1/1ms","1/2ms","1/1000d"]}')}&for=1000d&at=${"1s,".repeat(99)}2s`,
  ],
  ["an address without end", `#a=${"%7B".repeat(20_000)}`],
];

it("a link of somebody who means harm does none: the page is there at once, and can be used", async () => {
  const origin = await serveSite();
  const tab = await play(origin);
  const { page } = tab;
  const example = { label: EXAMPLES[0]?.name ?? "" };
  for (const [what, hash] of HARMFUL) {
    await page.goto("about:blank");
    await page.goto(`${origin}/playground.html${hash}`);
    await page.getByLabel("Begin with an example").selectOption(example);
    await expect.poll(async () => (await decided(page)).length, { message: what }).toBe(9);
    expect(await page.evaluate(() => "harmed" in globalThis), what).toBe(false);
  }
  expect(tab.wrong).toEqual([]);
});

it("nothing is wider than a phone, and a mark is moved there, too", async () => {
  const origin = await serveSite();
  const b = {
    kind: "backoff",
    options: { jitter: { kind: "proportional", options: { between: [0, 1] } } },
  };
  const tab = await play(origin, hashOf({ b }), { viewport: PHONE, hasTouch: true });
  const { page } = tab;
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(PHONE.width);
  await mark(page, "crash 7").press("ArrowLeft");
  await addressWith(page, "35s500ms");
  for (const view of ["JSON", "TypeScript"]) {
    await panel(page, "A").getByRole("button", { name: view }).click();
    expect(await width()).toBe(PHONE.width);
  }
  allWell(tab, origin);
});

it.each(["light", "dark"] as const)("has nothing serious for axe: %s", async (colorScheme) => {
  const origin = await serveSite();
  const wrong = { kind: "allOf", members: [{ kind: "slidingWindow", options: { limit: -1 } }] };
  const { page } = await play(origin, hashOf({ b: "3/20s" }), { colorScheme });
  await mark(page, "crash 2").focus();
  expect(await serious(page)).toEqual([]);
  const options = { colorScheme, viewport: PHONE };
  const { page: phone } = await play(origin, `${hashOf({ a: wrong })}&x=1`, options);
  expect(await serious(phone)).toEqual([]);
});
