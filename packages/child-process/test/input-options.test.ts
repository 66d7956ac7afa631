import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type InputOptions, readInput } from "../src/input-options.js";

const read = (options: object) => readInput("x", options as InputOptions);

describe("readInput", () => {
  it.each([
    ["nothing by default", {}, { stdin: "ignore", text: undefined, stdio: [] }],
    ["the host's", { stdin: "inherit" }, { stdin: "inherit", text: undefined, stdio: [] }],
    ["a pipe that stays open", { stdin: "pipe" }, { stdin: "pipe", text: undefined, stdio: [] }],
    ["a text", { stdin: { text: "" } }, { stdin: "pipe", text: "", stdio: [] }],
    [
      "further descriptors",
      { stdio: ["ignore", "inherit", 0] },
      { stdin: "ignore", text: undefined, stdio: ["ignore", "inherit", 0] },
    ],
  ])("takes %s", (_what, options, settings) => {
    expect(read(options)).toStrictEqual(settings);
  });

  it.each([
    ["stdin", { stdin: "hunter2" }],
    ["stdin", { stdin: null }],
    ["stdin", { stdin: {} }],
    ["stdin", { stdin: { text: 5 } }],
    ["stdio", { stdio: "pipe" }],
    ["stdio[0]", { stdio: ["pipe"] }],
    ["stdio[1]", { stdio: ["ignore", -1] }],
    ["stdio[0]", { stdio: [1.5] }],
  ])("refuses a wrong %s", (option, options) => {
    try {
      read(options);
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
    }
  });
});
