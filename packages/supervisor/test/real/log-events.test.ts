// What a host's standard error may do to it: be closed, or be read by nobody.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const HOST = fileURLToPath(new URL("./log-host.mjs", import.meta.url));

function host(mode: "console" | "output", attempts: number) {
  const child = spawn(process.execPath, [HOST, mode, `${attempts}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, closed: once(child, "close") as Promise<[code: number | null]> };
}

const lines = async (child: ChildProcess) =>
  (await text(child.stderr as Readable))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe.each(["console", "output"] as const)("to the %s", (mode) => {
  it("every line is written, the last one, too", async () => {
    const { child, closed } = host(mode, 20);
    const said = await lines(child);
    expect(said).toHaveLength(2 * 20 + 2);
    expect(said.at(-1)).toMatchObject({ event: "ended", message: "given up after 20 attempts" });
    expect((await closed)[0]).toBe(3);
  });

  it("a standard error whose disk is full harms nobody", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [HOST, mode, "200"], { stdio: ["ignore", "pipe", full] });
    closeSync(full);
    const closed = once(child, "close");
    expect(await text(child.stdout as Readable)).toBe("over after 200 attempts\n");
    expect((await closed)[0]).toBe(3);
  });

  it("a standard error that nobody holds any more harms nobody", async () => {
    const { child, closed } = host(mode, 200);
    child.stderr?.destroy();
    expect(await text(child.stdout as Readable)).toBe("over after 200 attempts\n");
    expect((await closed)[0]).toBe(3);
  });
});

it("a standard error that is not read stops nobody, and what was dropped is counted", async () => {
  const attempts = 10_000; // much more than the buffers of both ends hold
  const { child, closed } = host("output", attempts);
  // Not a byte of standard error is asked for until all is over.
  const [over] = await once(child.stdout, "data");
  expect(String(over)).toBe(`over after ${attempts} attempts\n`);
  const said = await lines(child);
  const lost = said
    .filter(({ event }) => event === "lines-lost")
    .map(({ message }) => Number.parseInt(message, 10));
  const missing = lost.reduce((sum, count) => sum + count, 0);
  expect(missing).toBeGreaterThan(0);
  expect(said.length - lost.length + missing).toBe(2 * attempts + 2);
  expect((await closed)[0]).toBe(3);
});
