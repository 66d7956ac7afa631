import { isPolicyOptionsError, PolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type Task, taskLauncher } from "../src/index.js";
import { hostile } from "./launch.js";

describe("taskLauncher refuses what is no function", () => {
  it.each([
    ["undefined", undefined],
    ["null", null],
    ["a promise", Promise.resolve()],
    ["a string", "work"],
    ["a Proxy that traps everything", hostile()],
  ])("%s", (_, task) => {
    const make = () => taskLauncher(task as Task<unknown>);
    expect(make).toThrow(PolicyOptionsError);
    try {
      make();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe("task");
      expect(error).toMatchObject({ allowed: "a function" });
    }
  });
});
