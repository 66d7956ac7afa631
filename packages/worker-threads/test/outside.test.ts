// The worker's side, in a program that is no worker thread of ours.

import { isMainThread, parentPort } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import {
  heartbeat,
  notReady,
  onMessage,
  onRequest,
  onStop,
  ready,
  stopSignal,
} from "../src/worker.js";

describe("outside of a worker thread", () => {
  it("there is nobody to hear a word, and nobody who asks to stop", async () => {
    expect([isMainThread, parentPort]).toStrictEqual([true, null]);
    expect([ready(), notReady(), heartbeat()]).toStrictEqual([false, false, false]);
    for (const unhear of [onMessage(() => {}), onRequest(() => 1)]) unhear();
    const reasons: string[] = [];
    const remove = onStop((reason) => reasons.push(reason));
    await Promise.resolve();
    remove();
    expect(stopSignal()).toBe(stopSignal());
    expect(stopSignal().aborted).toBe(false);
    expect(reasons).toStrictEqual([]);
  });
});
