// The port to the preload: who is asked for a turn, and when a turn is a sign of life.

import type { MessagePort } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { turnPort } from "../src/turn-port.js";

function ledger(everyMs: number | null) {
  const done: string[] = [];
  const port = {
    postMessage: (turn: unknown) => done.push(`ask ${String(turn)}`),
    close: () => done.push("closed"),
  } as unknown as MessagePort;
  return { done, port, turns: turnPort(everyMs, () => done.push("beat")) };
}

describe("a port for turns", () => {
  it("beats at once and for every turn, and asks for the first when the preload is there", () => {
    const { done, port, turns } = ledger(1_000);
    turns.ask("stop"); // nobody is there yet
    turns.pulsed();
    turns.begin();
    turns.begin();
    turns.open(port);
    turns.open(port);
    turns.pulsed();
    turns.close();
    turns.pulsed();
    turns.ask("stop");
    expect(done).toStrictEqual(["beat", "ask pulse", "ask pulse", "beat", "closed"]);
  });

  it("of a standby begins when that is launched", () => {
    const { done, port, turns } = ledger(1_000);
    turns.open(port);
    turns.pulsed();
    expect(done).toStrictEqual([]);
    turns.begin();
    turns.pulsed();
    turns.close();
    expect(done).toStrictEqual(["beat", "ask pulse", "beat", "closed"]);
  });

  it("without a period asks for what it is told to, and never beats", () => {
    const { done, port, turns } = ledger(null);
    turns.begin();
    turns.open(port);
    turns.pulsed();
    turns.ask("stop");
    turns.close();
    expect(done).toStrictEqual(["ask stop", "closed"]);
  });
});
