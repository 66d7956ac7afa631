// What cannot be seen from inside a test runner: a host of all three kinds of children is left alone.

import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { watchHost } from "../adapters/quiet-host.js";
import { runHost } from "../adapters/run-host.js";

it("a host of processes, threads and tasks ends by itself, and nothing is left of them", async () => {
  const { became, before, after, onSignal } = (await runHost("all-three.mjs")) as {
    [key: string]: unknown;
  };
  expect(became).toStrictEqual({
    "crashing process": "refused 4 failed",
    "crashing no process": "refused 4 spawn-failed",
    "crashing thread": "refused 4 failed",
    "crashing no thread": "refused 4 spawn-failed",
    "crashing task": "refused 4 failed",
    process: "stopped 1 signalled",
    "deaf process": "stopped 1 signalled",
    thread: "stopped 1 completed",
    "deaf thread": "stopped 1 cancelled",
    task: "stopped 1 cancelled",
    "deaf task": "stopped 1 abandoned",
    "waiting task": "stopped 1 failed",
  });
  expect(after).toStrictEqual(before);
  expect(onSignal).toStrictEqual([1, 0]);
});

it("the watch over the host sees what escapes, until it is over", () => {
  const host = new EventEmitter();
  const watch = watchHost(host);
  host.emit("uncaughtException", new Error("one"));
  host.emit("unhandledRejection", "two");
  host.emit("warning", new RangeError("three"));
  const told = watch.take();
  watch.stop();
  host.emit("warning", "four");
  expect([told, watch.take()]).toStrictEqual([
    ["uncaughtException: Error: one", "unhandledRejection: two", "warning: RangeError: three"],
    [],
  ]);
});
