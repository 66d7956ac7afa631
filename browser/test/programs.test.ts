// The programs that show the page: the sample app, and `steadfast up`. Each prints the address, shows its children, and leaves
// nothing behind.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { later, open } from "./stage.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function folder(files: Readonly<Record<string, string>>): string {
  const place = mkdtempSync(join(tmpdir(), "dashboard-"));
  later(async () => rmSync(place, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  return place;
}

/** Starts a program, and waits until it has said where its page is. */
async function started(program: string, args: readonly string[], cwd: string) {
  const child: ChildProcess = spawn(process.execPath, [join(root, program), ...args], {
    cwd,
    env: { ...process.env, CI: "true" },
  });
  const ended = once(child, "exit");
  later(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: unknown) => {
      said += String(chunk);
      const found = /dashboard: (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", () => reject(new Error(said)));
  });
  return { child, url, ended };
}

it("the sample app: its children, and what they are doing, until Ctrl-C", async () => {
  const texts = folder({ "one.md": "one two three", "two.md": "four five" });
  const { child, url, ended } = await started(
    "apps/sample/dist/main.js",
    [texts, "--dashboard"],
    root,
  );
  const { page } = await open(url);
  for (const name of ["server", "worker.1", "worker.3", "task"]) {
    await page.getByRole("gridcell", { name, exact: true }).waitFor();
  }
  await page.getByText("over: completed").waitFor();
  await page.getByRole("gridcell", { name: "task", exact: true }).click();
  await page.getByRole("heading", { name: "What if it had another policy?" }).waitFor();
  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
});

it("steadfast up --dashboard: a stack from a file", async () => {
  const config = {
    name: "shop",
    children: { web: { command: [process.execPath, "-e", "setInterval(() => {}, 1e6)"] } },
  };
  const cwd = folder({ "steadfast.config.json": JSON.stringify(config) });
  const { child, url, ended } = await started(
    "packages/cli/dist/bin.js",
    ["up", "--dashboard"],
    cwd,
  );
  const { page } = await open(url);
  await page.getByRole("heading", { name: "shop" }).waitFor();
  await page.getByRole("gridcell", { name: "web", exact: true }).click();
  await page
    .getByText(/Launched at once/)
    .first()
    .waitFor();
  child.kill("SIGTERM");
  expect(await ended).toEqual([143, null]);
});
