// The ports on which a worker hears of a stop: told once, whenever they come, and never more than a few.

import type { MessagePort } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { stopPorts } from "../src/stop-ports.js";

/** Ports that note what is done to them. */
function ledger() {
  const heard: unknown[][] = [];
  const port = () => {
    const notes: unknown[] = [];
    heard.push(notes);
    const one = {
      postMessage: (message: unknown) => notes.push(message),
      close: () => notes.push("closed"),
    };
    return one as unknown as MessagePort;
  };
  return { heard, port };
}

const stop = (reason: string) => ({ steadfast: "stop", reason });

describe("ports for a stop", () => {
  it("are all told, once, also those that come later", () => {
    const { heard, port } = ledger();
    const ports = stopPorts();
    expect([ports.isHeard, ports.isAsked]).toStrictEqual([false, false]);
    ports.add(port());
    expect(ports.ask("restart")).toBe(true);
    expect(ports.ask("stop")).toBe(false);
    ports.add(port());
    expect(heard).toStrictEqual([[stop("restart")], [stop("restart")]]);
    expect([ports.isHeard, ports.isAsked]).toStrictEqual([true, true]);
  });

  it("are no more than eight, the newest: the others are closed", () => {
    const { heard, port } = ledger();
    const ports = stopPorts();
    for (let n = 0; n < 5_000; n += 1) ports.add(port());
    ports.ask("stop");
    expect(heard.slice(0, -8).every(([first]) => first === "closed")).toBe(true);
    expect(heard.slice(-8)).toStrictEqual(Array.from({ length: 8 }, () => [stop("stop")]));
  });

  it("are all closed at the end", () => {
    const { heard, port } = ledger();
    const ports = stopPorts();
    ports.add(port());
    ports.close();
    expect(heard).toStrictEqual([["closed"]]);
    expect(ports.isHeard).toBe(false);
  });
});
