// A host that is ended takes its children with it: in order at the first signal, at once at the second.
// The children have sessions of their own, so nobody but the host can tell them.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterEach, expect, it } from "vitest";
import { gone, lives, takePort } from "../adapters/observe.js";
import { program } from "../adapters/paths.js";

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (lives(pid)) process.kill(pid, "SIGKILL");
});

/** Starts a host, and reads what it says a line at a time. */
async function host(...traits: readonly string[]) {
  const args = ["--unhandled-rejections=strict", program("hosts/until-signals.mjs"), ...traits];
  const made: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(made, "exit");
  const lines = createInterface(made.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const holder = (await next()) as { readonly pid: number; readonly port: number };
  started.push(Number(made.pid), holder.pid);
  return { made, exited, next, holder };
}

it("the first signal stops the children in order, and the host ends by itself", async () => {
  const { made, exited, next, holder } = await host();
  made.kill("SIGTERM");
  expect(await next()).toStrictEqual([
    "stopped",
    "abort",
    "ERR_SIGNAL_RECEIVED",
    { kind: "signalled", signal: "SIGTERM" },
  ]);
  expect(await exited).toStrictEqual([0, null]);
  await takePort(holder.port);
});

it("the second signal kills those who do not listen, and the host dies of it", async () => {
  const { made, exited, next, holder } = await host("deaf");
  made.kill("SIGTERM");
  expect(await next()).toBe("SIGTERM ignored");
  made.kill("SIGTERM");
  expect(await exited).toStrictEqual([null, "SIGTERM"]);
  await gone(holder.pid);
  await takePort(holder.port);
});
