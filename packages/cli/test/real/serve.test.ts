// The socket with small limits: one who says nothing, one who does not read, and too many of them.

import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { serve } from "../../src/socket/server.js";
import type { Host } from "../../src/stack/host.js";
import { LogBook } from "../../src/stack/log-book.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-serve-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LIMITS = { longest: 100, withinMs: 60_000, connections: 2, waiting: 1_000 };

const closed = (socket: Socket) => {
  socket.on("error", () => {});
  return new Promise((resolve) => socket.once("close", resolve));
};

it("closes a connection that says nothing", async () => {
  const path = join(folder, "silent.sock");
  await using _served = await serve(() => ({}) as Host, path, { ...LIMITS, withinMs: 1 });
  const silent = connect(path);
  silent.resume();
  await closed(silent);
});

it("drops lines for a reader that does not read, and says how many", async () => {
  const path = join(folder, "slow.sock");
  const logs = new LogBook();
  await using _served = await serve(() => ({ logs }) as unknown as Host, path, LIMITS);
  logs.add({ id: "web", stream: "stdout", line: "first" });
  const slow = connect(path);
  let text = "";
  slow.write('{"ask":"logs","follow":true}\n');
  await new Promise((resolve) => slow.once("data", resolve));
  slow.pause();
  const long = "x".repeat(4_000);
  for (let n = 0; n < 2_000; n++) logs.add({ id: "web", stream: "stdout", line: long });
  const told = new Promise<number>((resolve) => {
    slow.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      const counts = [...text.matchAll(/"lost":(\d+)\}\n/g)].map(([, count]) => Number(count));
      const lost = counts.reduce((sum, count) => sum + count, 0);
      if (lost + text.split(`${long}"`).length - 1 === 2_000) resolve(lost);
    });
  });
  slow.resume();
  expect(await told).toBeGreaterThan(0); // and none is missing in the sum
  slow.destroy();
});

it("closes those beyond its number, and serves the others", async () => {
  const path = join(folder, "many.sock");
  await using _served = await serve(() => ({}) as Host, path, LIMITS);
  const first = connect(path);
  const second = connect(path);
  await Promise.all(
    [first, second].map((one) => new Promise((resolve) => one.once("connect", resolve))),
  );
  const third = connect(path);
  third.resume();
  await closed(third);
  let said = "";
  first.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  first.write('{"ask":"nothing"}\n');
  await closed(first);
  expect(said).toMatch(/ask must be one of/);
  second.destroy();
});
