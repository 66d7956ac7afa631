import type { Exit } from "@steadfast/policy";
import type { Launcher, StopReason } from "@steadfast/supervisor";
import { describe, expectTypeOf, it } from "vitest";
import {
  type StopRequestedError,
  type Task,
  type TaskContext,
  taskLauncher,
} from "../src/index.js";

describe("types", () => {
  it("a launcher has the type of the task's result", () => {
    expectTypeOf(taskLauncher(async () => 42)).toEqualTypeOf<Launcher<number>>();
    expectTypeOf(taskLauncher(() => "text")).toEqualTypeOf<Launcher<string>>();
    expectTypeOf(taskLauncher(async () => {})).toEqualTypeOf<Launcher<void>>();
    expectTypeOf(taskLauncher((): PromiseLike<boolean> => Promise.resolve(true))).toEqualTypeOf<
      Launcher<boolean>
    >();
    expectTypeOf(taskLauncher(() => new Promise<never>(() => {}))).toEqualTypeOf<Launcher<never>>();
    const mixed = (): "s" | Promise<number> => "s";
    expectTypeOf(taskLauncher(mixed)).toEqualTypeOf<Launcher<"s" | number>>();
  });

  it("an exit has it too", () => {
    const launcher = taskLauncher(async () => 42);
    type Child = ReturnType<typeof launcher.launch>;
    expectTypeOf<Child["exited"]>().toEqualTypeOf<Promise<Exit<number>>>();
  });

  it("a task may leave its context unused, and not ask for more", () => {
    expectTypeOf<() => number>().toExtend<Task<number>>();
    expectTypeOf<(context: TaskContext) => Promise<number>>().toExtend<Task<number>>();
    expectTypeOf<(context: TaskContext, more: string) => number>().not.toExtend<Task<number>>();
  });

  it("a signal's reason says why", () => {
    expectTypeOf<StopRequestedError["reason"]>().toEqualTypeOf<StopReason | "kill">();
    expectTypeOf<TaskContext["signal"]>().toEqualTypeOf<AbortSignal>();
  });
});
