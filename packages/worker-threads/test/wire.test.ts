// What a message from a worker means: a word, a port, or the user's own.

import { MessageChannel } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { heardFrom } from "../src/wire.js";

describe("a message from a worker", () => {
  it.each(["ready", "not-ready", "heartbeat"])("that says %s is that word", (word) => {
    expect(heardFrom({ steadfast: word })).toStrictEqual({ type: word });
    expect(heardFrom({ steadfast: word, more: 1 })).toStrictEqual({ type: word });
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
    ["a word without the object", "ready"],
    ["a number", 0],
    ["an empty object", {}],
    ["an unknown word", { steadfast: "stop" }],
    ["a word in another case", { steadfast: "Ready" }],
    ["no word", { steadfast: undefined }],
    ["a list with a word", { steadfast: ["ready"] }],
    ["another field", { type: "ready" }],
    ["an array", ["ready"]],
    ["a port that is none", { steadfast: "listening", port: {} }],
    ["no port", { steadfast: "listening" }],
    ["an answer without a number", { steadfast: "answer", value: 1 }],
    ["an answer with no note", { steadfast: "answer", id: 1, thrown: "x" }],
    ["an answer with a bad note", { steadfast: "answer", id: 1, thrown: { is: "error" } }],
    ["a turn for nothing", { steadfast: "turned" }],
    ["nothing thrown", { steadfast: "threw" }],
    ["a note that is none", { steadfast: "threw", note: { is: "error", base: "Error" } }],
    ["a note of nothing", { steadfast: "threw", note: null }],
  ])("is the user's: %s", (_, message) => {
    expect(heardFrom(message)).toStrictEqual({ type: "message", message });
  });

  it("may be an answer to a request, with a value or what was thrown", () => {
    const answer = { steadfast: "answer", id: 3 };
    expect(heardFrom(answer)).toStrictEqual({ type: "answer", id: 3, value: undefined });
    expect(heardFrom({ ...answer, value: 0 })).toStrictEqual({ type: "answer", id: 3, value: 0 });
    const thrown = { is: "value", value: "no" };
    expect(heardFrom({ ...answer, thrown })).toStrictEqual({ type: "answer", id: 3, error: "no" });
  });

  it("with a note says what was thrown", () => {
    const note = { is: "value", value: 7 };
    expect(heardFrom({ steadfast: "threw", note })).toStrictEqual({ steadfast: "threw", error: 7 });
  });

  it("with a port says where to ask for a stop", () => {
    const { port1, port2 } = new MessageChannel();
    expect(heardFrom({ steadfast: "listening", port: port1 })).toStrictEqual({
      steadfast: "listening",
      port: port1,
    });
    expect(heardFrom({ steadfast: "preloaded", port: port1 })).toStrictEqual({
      steadfast: "preloaded",
      port: port1,
    });
    expect(heardFrom({ steadfast: "waiting", port: port1 })).toStrictEqual({
      steadfast: "waiting",
      port: port1,
    });
    const turned = { steadfast: "turned", turn: "pulse" };
    expect(heardFrom(turned)).toStrictEqual(turned);
    expect(heardFrom({ ...turned, turn: "stop" })).toStrictEqual({ ...turned, turn: "stop" });
    expect(heardFrom({ steadfast: "other", port: port2 })).toMatchObject({ type: "message" });
    port1.close();
  });
});
