// Every function of the page once, in a real Chromium.

import { realSystem, supervise } from "@steadfast/supervisor";
import { scriptedLauncher } from "@steadfast/supervisor/testing";
import { expect, it } from "vitest";
import { failure, shop, slow } from "./shop.ts";
import { allWell, cell, choose, later, look, row, serve } from "./stage.ts";

it("shows the children, how they stand, and how many are up; nothing from elsewhere, nothing forbidden", async () => {
  const { watched } = shop(["db", "web"]);
  const served = await serve(watched, { title: "A shop" });
  const tab = await look(served);
  const { page } = tab;
  await page.getByRole("heading", { name: "A shop" }).waitFor();
  await page.getByRole("button", { name: "2 up" }).waitFor();
  await page.getByText("live", { exact: true }).waitFor();
  expect(await cell(page, "web", "state").textContent()).toBe("up");
  expect(await page.title()).toBe("A shop");
  expect(page.url()).not.toContain("#");
  await allWell(tab, served);
});

it("tells a failure at once: attempts, failures in a row, what is left of the budget", async () => {
  const { watched, fail } = shop(["db", "web"]);
  const { page } = await look(await serve(watched));
  await cell(page, "web", "budget").getByText("2 then a wait").waitFor();
  fail("web");
  await cell(page, "web", "attempts").getByText("2").waitFor();
  await cell(page, "web", "failures").getByText("1").waitFor();
  await cell(page, "web", "budget").getByText("1 then a wait").waitFor();
  expect(await cell(page, "db", "attempts").textContent()).toBe("1");
});

it("says why in a sentence, counts down to the next instant, and shows the last lines of stderr", async () => {
  const { watched, fail } = shop(["web"]);
  const { page } = await look(await serve(watched));
  fail("web");
  fail("web");
  await cell(page, "web", "attempts").getByText("2").waitFor();
  fail("web");
  await cell(page, "web", "attempts").getByText("3").waitFor();
  fail("web", failure("no database", ["connecting", "ECONNREFUSED 127.0.0.1:5432"]));
  await cell(page, "web", "state").getByText("refused").waitFor();
  await choose(page, "web");
  await page.getByText(/slidingWindow has counted 2 restarts in 1 h, and its limit is 2/).waitFor();
  await page.getByText(/Asked again in/).waitFor();
  await page.getByText("exit code 1, Error: no database").first().waitFor();
  expect(await page.locator("pre").textContent()).toBe("connecting\nECONNREFUSED 127.0.0.1:5432");
  expect(await page.locator(".events li").first().textContent()).toMatch(
    /refused for .*: window-full/,
  );
  const left = () => page.locator(".countdown b").textContent();
  const before = await left();
  await page.waitForFunction(
    (text) => document.querySelector(".countdown b")?.textContent !== text,
    before,
  );
});

it("gives every order to one child, and says what became of it", async () => {
  const { watched, tree, launchers } = shop(["db", "web"]);
  const { page } = await look(await serve(watched));
  const web = () => tree.child("web").status();
  const said = (text: string | RegExp) => page.locator(".said").getByText(text).waitFor();
  const order = (name: string) =>
    page.getByRole("group", { name: "Orders to web" }).getByRole("button", { name }).click();
  await choose(page, "web");
  await order("Restart");
  await said("restart web: queued-after-stop");
  await cell(page, "web", "attempts").getByText("2").waitFor();
  await order("Pause");
  await cell(page, "web", "state").getByText("paused").waitFor();
  await order("Resume");
  await cell(page, "web", "state").getByText("up").waitFor();
  await order("Reload");
  await said("reload web: done");
  expect(launchers.get("web")?.attempts.at(-1)?.heard).toEqual(["reload"]);
  await order("Reset");
  await said("reset web: done");
  await order("Stop");
  expect(web()?.status).toBe("ready");
  await order("Keep");
  await order("Stop");
  await order("Really stop");
  await cell(page, "web", "state").getByText("done").waitFor();
  await order("Restart");
  await cell(page, "web", "state").getByText("up").waitFor();
  expect(tree.child("db").status()?.attempts).toBe(1);
});

it("resets and stops the whole tree, after a second click", async () => {
  const { watched, tree } = shop(["web"]);
  const { page } = await look(await serve(watched));
  await page.getByRole("button", { name: "Reset all" }).click();
  await page.getByText("reset shop: done").waitFor();
  await page.getByRole("button", { name: "Stop all" }).click();
  expect(tree.status().outcome).toBe(null);
  await page.getByRole("button", { name: "Really stop all" }).click();
  expect((await tree.outcome).type).toBe("stopped");
  await page.getByText("over: stopped").waitFor();
});

it("has no orders where it only shows", async () => {
  const { watched } = shop(["web"]);
  const { page } = await look(await serve(watched, { orders: false }));
  await choose(page, "web");
  expect(await page.getByRole("button", { name: /Stop|Restart|Reset/ }).count()).toBe(0);
});

it("replays the journal under an edited policy, and marks what differs", async () => {
  const { watched, fail } = shop(["web"]);
  const { page } = await look(await serve(watched));
  for (const attempts of ["2", "3"]) {
    fail("web");
    await cell(page, "web", "attempts").getByText(attempts).waitFor();
  }
  await choose(page, "web");
  const field = page.getByLabel("Policy as JSON");
  await expect.poll(() => field.inputValue()).toContain('"limit": 2');
  await page.getByRole("button", { name: "Replay" }).click();
  await page.getByText("0 of 3 answers differ").first().waitFor();
  expect(await page.locator("tr.differs").count()).toBe(0);
  await field.fill((await field.inputValue()).replace('"limit": 2', '"limit": 1'));
  await page.getByRole("button", { name: "Replay" }).click();
  await page.getByText("1 of 3 answers differ").first().waitFor();
  await page.getByLabel("only what differs").check();
  const rows = page.locator(".steps tbody tr");
  await expect.poll(() => rows.count()).toBe(1);
  expect(await rows.textContent()).toMatch(/launched.*differs: not for .*: window-full/s);
  await field.fill('{ "kind": "slidingWindw" }');
  await page.getByRole("button", { name: "Replay" }).click();
  await page
    .locator(".error")
    .getByText(/policy\.kind.*slidingWindow/)
    .waitFor();
  await field.fill("{");
  await page.getByRole("button", { name: "Replay" }).click();
  await page.locator(".error").getByText(/JSON/).waitFor();
});

it("finds children by name and by how they stand, opens and closes trees, and shows several at once", async () => {
  const policy = slow();
  const inner = {
    children: ["a", "b"].map((id) => ({ id, launcher: scriptedLauncher(realSystem, []) })),
  };
  const { tree, fail } = shop(["db", "web"]);
  const nested = shop([], { children: [{ id: "pool", tree: inner }] });
  const launcher = scriptedLauncher(realSystem, []);
  const alone = supervise(launcher, { policy, id: "api" });
  later(async () => alone.kill());
  const { page } = await look(await serve([tree, alone]));
  const names = () => page.locator('[role="row"][aria-level] .child').allTextContents();
  await page.getByLabel("Find a child").fill("we");
  await expect.poll(names).toEqual(["web"]);
  await page.getByLabel("Find a child").fill("");
  fail("db");
  fail("db");
  await cell(page, "db", "attempts").getByText("2").waitFor();
  fail("db");
  await cell(page, "db", "attempts").getByText("3").waitFor();
  fail("db");
  await page.getByRole("button", { name: "1 refused" }).click();
  await expect.poll(names).toEqual(["db"]);
  await page.getByRole("button", { name: "1 refused" }).click();
  await page.getByRole("button", { name: "api" }).click();
  await expect.poll(names).toEqual(["api"]);
  launcher.exit(failure());
  await cell(page, "api", "next")
    .getByText(/restart in/)
    .waitFor();
  await choose(page, "api");
  await page.getByText("No decisions are kept.").waitFor();
  const other = await look(await serve(nested.watched));
  const inside = () => other.page.locator('[role="row"][aria-level] .child').allTextContents();
  await expect.poll(inside).toEqual(["▾pool", "a", "b"]);
  await other.page.locator(".opener").click();
  await expect.poll(inside).toEqual(["▸pool"]);
});

it("zooms the timelines: by buttons, by keys, by dragging; and goes live again", async () => {
  const { watched, fail } = shop(["web"]);
  const { page } = await look(await serve(watched));
  fail("web");
  const span = () => page.locator(".overview .span").textContent();
  expect(await span()).toBe("the last 1 min");
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(span).toBe("the last 30.0 s");
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  await expect.poll(span).toBe("the last 2 min");
  await page.getByRole("button", { name: "Earlier" }).click();
  await expect.poll(span).toMatch(/^\d\d:\d\d:\d\d to /);
  await page.keyboard.press("0");
  await expect.poll(span).toBe("the last 2 min");
  const plot = page.locator(".u-over");
  const box = (await plot.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(box.x + box.width * 0.75, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.875, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(span).toMatch(/^\d\d:\d\d:\d\d to /);
  await page
    .locator(".said")
    .getByText(/showing 1[456]/)
    .waitFor();
  await page.getByRole("button", { name: "Live" }).click();
  await expect.poll(span).toMatch(/^the last 1[456]/);
});

it("paints attempts, delays and refusals in the lane of a child", async () => {
  const { watched, fail } = shop(["web"]);
  const { page } = await look(await serve(watched));
  const colours = () =>
    row(page, "web")
      .locator("canvas")
      .evaluate((canvas: HTMLCanvasElement) => {
        const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set<string>();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] === 255) seen.add([data[i], data[i + 1], data[i + 2]].join());
        }
        return [...seen];
      });
  const [good, bad] = ["18,128,111", "194,51,44"];
  await page.keyboard.press("+");
  await expect.poll(colours).toContain(good);
  expect(await colours()).not.toContain(bad);
  fail("web");
  await expect.poll(colours).toContain(bad);
});
