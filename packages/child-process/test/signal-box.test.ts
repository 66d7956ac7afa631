import type { ChildSignal } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { signalBox } from "../src/signal-box.js";

const message = (text: string): ChildSignal => ({ type: "message", message: text });

describe("signalBox", () => {
  it("delivers what was said before, in order, then everything at once", () => {
    const box = signalBox();
    const heard: ChildSignal[] = [];
    box.put({ type: "ready" });
    box.put(message("a"));
    box.listen((signal) => heard.push(signal));
    expect(heard).toStrictEqual([{ type: "ready" }, message("a")]);
    box.put(message("b"));
    expect(heard).toStrictEqual([{ type: "ready" }, message("a"), message("b")]);
  });

  it("delivers nothing after it was closed, also not what was said before", () => {
    const box = signalBox();
    const heard: ChildSignal[] = [];
    box.put(message("a"));
    box.close();
    box.put(message("b"));
    box.listen((signal) => heard.push(signal));
    box.put(message("c"));
    expect(heard).toStrictEqual([]);
  });

  it("stops in the middle when the listener closes it", () => {
    const box = signalBox();
    const heard: ChildSignal[] = [];
    box.put(message("a"));
    box.put(message("b"));
    box.listen((signal) => {
      heard.push(signal);
      box.close();
    });
    expect(heard).toStrictEqual([message("a")]);
  });
});
