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

describe("taskLauncher has no options, and refuses by name", () => {
  const launcher = taskLauncher as (task: Task<unknown>, ...more: unknown[]) => unknown;
  const work: Task<string> = () => "done";

  it.each([
    ["an option of other libraries", { timeoutMs: 5 }, "timeoutMs"],
    ["an option whose value is undefined", { retries: undefined }, "retries"],
    ["the first of several", { gracePeriodMs: 5, policy: null }, "gracePeriodMs"],
    ["an object without options", {}, "options"],
    ["null", null, "options"],
    ["a number", 5, "options"],
    ["a second task", work, "options"],
  ])("%s", (_, options, option) => {
    try {
      launcher(work, options);
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
      expect(String(error)).toContain(`taskLauncher: unknown option ${option} (a task is the only`);
      return;
    }
    expect.unreachable();
  });

  it("but not undefined", () => {
    expect(() => launcher(work, undefined)).not.toThrow();
  });
});
