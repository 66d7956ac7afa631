import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipcSignal } from "../src/ipc-signal.js";

describe("ipcSignal", () => {
  it.each(["ready", "not-ready", "heartbeat"])("knows the word %s", (word) => {
    expect(ipcSignal({ steadfast: word })).toStrictEqual({ type: word });
    expect(ipcSignal({ steadfast: word, more: 1 })).toStrictEqual({ type: word });
  });

  it.each([
    ["a word without its field", "heartbeat"],
    ["an unknown word", { steadfast: "Ready" }],
    ["a word in a list", { steadfast: ["ready"] }],
    ["no word", { steadfast: undefined }],
    ["another field", { ready: true }],
    ["null", null],
    ["nothing", undefined],
    ["a list", ["steadfast", "ready"]],
    ["a map, as advanced serialisation brings them", new Map([["steadfast", "ready"]])],
  ])("takes %s for the user's own", (_why, message) => {
    const signal = ipcSignal(message);
    expect(signal).toStrictEqual({ type: "message", message });
  });

  it("knows what pm2 listens for, unless there is another convention", () => {
    expect(ipcSignal("ready")).toStrictEqual({ type: "ready" });
    const own = (message: unknown) => (message === "up" ? "ready" : undefined);
    expect(ipcSignal("ready", own)).toStrictEqual({ type: "message", message: "ready" });
    expect(ipcSignal("up", own)).toStrictEqual({ type: "ready" });
    expect(ipcSignal({ steadfast: "heartbeat" }, own)).toStrictEqual({ type: "heartbeat" });
  });

  it("takes an unknown word of another convention for a message", () => {
    const own = () => JSON.parse('"launched"') as "ready";
    expect(ipcSignal("x", own)).toStrictEqual({ type: "message", message: "x" });
  });

  it("hands every other message on as it is", () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        fc.pre(message !== "ready");
        const signal = ipcSignal(message);
        expect(signal.type).toBe("message");
        expect(signal.type === "message" && Object.is(signal.message, message)).toBe(true);
      }),
    );
  });
});
