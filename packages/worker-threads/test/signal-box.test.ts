import type { ChildSignal } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { signalBox } from "../src/signal-box.js";

const READY: ChildSignal = { type: "ready" };
const HEARTBEAT: ChildSignal = { type: "heartbeat" };

describe("a signal box", () => {
  it("keeps what is said until somebody listens, in order, and gives it out once", () => {
    const box = signalBox();
    const first: ChildSignal[] = [];
    const second: ChildSignal[] = [];
    box.put(READY);
    box.put(HEARTBEAT);
    box.listen((signal) => first.push(signal));
    box.put(READY);
    box.listen((signal) => second.push(signal));
    box.put(HEARTBEAT);
    expect(first).toStrictEqual([READY, HEARTBEAT, READY]);
    expect(second).toStrictEqual([HEARTBEAT]);
  });

  it("says nothing once it is closed", () => {
    const box = signalBox();
    const heard: ChildSignal[] = [];
    box.put(READY);
    box.close();
    box.put(READY);
    box.listen((signal) => heard.push(signal));
    box.put(READY);
    expect(heard).toStrictEqual([]);
  });

  it("stops in the middle if it is closed by whoever listens", () => {
    const box = signalBox();
    const heard: ChildSignal[] = [];
    box.put(READY);
    box.put(HEARTBEAT);
    box.listen((signal) => {
      heard.push(signal);
      box.close();
    });
    expect(heard).toStrictEqual([READY]);
  });
});
