// `steadfast up` as a person sees it: the table in 80 and in 200 columns, resized, without colour, without a terminal;
// and what its keys do.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { open, type Size, STEADFAST, type Terminal } from "../terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "steadfast-terminal-"));
afterAll(() => rmSync(folder, { recursive: true }));

const node = (program: string) => [process.execPath, "-e", program];
const SERVER = "console.log('up ' + process.env.STEADFAST_ATTEMPT); setInterval(() => {}, 1e6)";
const BROKEN = "console.error('Error: no database'); process.exit(3)";

const CHILDREN = {
  db: { command: node(SERVER) },
  web: { command: node(BROKEN), policy: { kind: "inTurn", members: ["1ms..1ms", "2/1h"] } },
  job: { command: node("console.log('job is done')") },
};

function stack(size: Size, env: Readonly<Record<string, string>> = {}): Terminal {
  const cwd = mkdtempSync(join(folder, "stack-"));
  const runtime = join(cwd, "runtime");
  mkdirSync(runtime, { mode: 0o700 });
  writeFileSync(
    join(cwd, "steadfast.config.json"),
    JSON.stringify({ name: "shop", children: CHILDREN }),
  );
  return open([STEADFAST, "up"], { ...size, cwd, env: { XDG_RUNTIME_DIR: runtime, ...env } });
}

const NARROW = { columns: 80, rows: 24 };
const WIDE = { columns: 200, rows: 30 };
const SETTLED = /web +not yet .*0 of 2 in 1h +ask in/;
const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("the table", () => {
  it("has the reason below its row in 80 columns", async () => {
    await using up = stack(NARROW);
    await up.shows(/^ {2}name +state +pid +up +restarts +budget left +next$/m);
    await up.shows(SETTLED);
    await up.shows(/^ {4}failed after .*: exit code 3, Error: no database\. Refused for now$/m);
    await up.shows(
      /^> db +ready +\d+ +[\dms.]+ +0 +10 of 10|^> db +ready +\d+ +[\dms.]+ +0 +9 of 10/m,
    );
    await up.shows(/↑↓ choose {2}r restart {2}s stop {2}l logs of one {2}w why {2}q quit/);
    await up.shows(/^db +\| up 1$/m);
    await up.shows(/^job +\| job is done$/m);
    expect(widest(up.text())).toBeLessThanOrEqual(80);
  });

  it("has it in the row in 200 columns, and follows the size", async () => {
    await using up = stack(WIDE);
    await up.shows(/next +why$/m);
    await up.shows(
      /^ {2}web +not yet .* ask in \S+ +failed after .*Refused for now \(window-full\): slidingWindow/m,
    );
    up.resize(NARROW);
    await up.shows(/^ {4}failed after .*Refused for now$/m);
  });

  it("has colour on a terminal, and none with NO_COLOR", async () => {
    const green = "\u001b[32m";
    await using up = stack(NARROW);
    await up.shows(SETTLED);
    expect(up.raw()).toContain(green);
    await using plain = stack(NARROW, { NO_COLOR: "1" });
    await plain.shows(SETTLED);
    expect(plain.raw()).not.toContain(green);
  });
});

describe("keys", () => {
  it("choose, restart, stop, show why, and quit in order", async () => {
    await using up = stack(NARROW);
    await up.shows(SETTLED);
    up.press("r");
    await up.shows(/^db +\| up 2$/m);
    await up.shows(/^> db +ready +\d+ +\S+ +1 /m);
    up.press("s");
    await up.shows(/^> db +paused/m);
    await up.shows(/db is stopped; restart starts it again/);
    up.press("r");
    await up.shows(/^db +\| up 3$/m);
    up.press("\u001b[B");
    await up.shows(/^> web/m);
    up.press("w");
    await up.shows(
      /^web: failed after .*\n.*slidingWindow has counted 2[\s\S]*it is launched at once\.$/m,
    );
    up.press("kl");
    await up.shows(/logs of db/);
    up.press("q");
    expect(await up.ended).toEqual({ code: 0, signal: 0 });
    expect(up.text()).toMatch(/asked to stop/);
  });

  it("Ctrl-C stops in order, and the terminal is as before", async () => {
    await using up = stack(NARROW);
    await up.shows(SETTLED);
    up.press("\u0003");
    expect(await up.ended).toEqual({ code: 130, signal: 0 });
    expect(up.raw().endsWith("\u001b[?25h")).toBe(true); // the cursor is shown again
  });
});

it("draws nothing where there is no terminal", () => {
  const cwd = mkdtempSync(join(folder, "plain-"));
  const children = { job: { command: node("console.log('job is done')") } };
  writeFileSync(join(cwd, "steadfast.config.json"), JSON.stringify({ children }));
  const env = { ...process.env, XDG_RUNTIME_DIR: cwd, NO_COLOR: "", FORCE_COLOR: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [STEADFAST, "up"], {
    cwd,
    env,
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/job is done\n$/),
  });
  expect(stdout + stderr).not.toContain("\u001b");
  for (const line of stderr.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("event");
});
