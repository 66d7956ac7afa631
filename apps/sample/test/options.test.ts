import { describe, expect, it } from "vitest";
import { readCommand } from "../src/app/options.js";

const COUNT = {
  type: "count",
  folder: null,
  chaos: false,
  workers: 3,
  journal: null,
  dashboard: false,
};

describe("readCommand", () => {
  it.each([
    [[], COUNT, "all defaults"],
    [["--chaos"], { ...COUNT, chaos: true }, "what the demo passes"],
    [["--chaos", "--no-chaos"], COUNT, "the user's word comes after the demo's"],
    [["./x", "--workers", "64"], { ...COUNT, folder: "./x", workers: 64 }, "the largest number"],
    [["--dashboard"], { ...COUNT, dashboard: true }, "in a browser as well"],
    [["--workers", "1"], { ...COUNT, workers: 1 }, "the smallest number"],
    [["--chaos", "replay", "j"], { type: "replay", file: "j" }, "the demo's flag does not matter"],
    [["--chaos", "-h"], { type: "help" }, "help"],
  ])("reads %j", (args, command, _why?: string) => {
    expect(readCommand(args)).toEqual(command);
  });

  it.each([
    [["--workers", "0"], "--workers"],
    [["--workers", "65"], "--workers"],
    [["--workers", "1e1"], "--workers"],
    [["--workers", "two"], '"two"'],
    [["--worker"], "--worker"],
    [["a", "b"], "one folder"],
    [["replay"], "replay takes one file"],
  ])("says in one line what is wrong with %j", (args, word) => {
    const command = readCommand(args);
    expect(command.type).toBe("wrong");
    expect((command as { message: string }).message).toContain(word);
    expect((command as { message: string }).message).not.toContain("\n");
  });
});
