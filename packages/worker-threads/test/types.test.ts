import type { Worker } from "node:worker_threads";
import type { Exit } from "@steadfast/policy";
import type { Launcher, LaunchInfo, StopReason } from "@steadfast/supervisor";
import { describe, expectTypeOf, it } from "vitest";
import type {
  WorkerFactory,
  WorkerLaunchOptions,
  workerExit,
  workerLauncher,
} from "../src/index.js";
import type { onStop, StopRequestedError, stopSignal } from "../src/worker.js";

describe("types", () => {
  it("a thread has no result", () => {
    expectTypeOf<ReturnType<typeof workerLauncher>>().toEqualTypeOf<Launcher<undefined>>();
    expectTypeOf<Launcher<undefined>>().toExtend<Launcher>();
    expectTypeOf<ReturnType<typeof workerExit>>().toEqualTypeOf<Exit<undefined>>();
  });

  it("an entry is a path, a URL or a factory, and options stand beside the first two only", () => {
    type Launch = typeof workerLauncher;
    expectTypeOf<Launch>().toBeCallableWith("./worker.js");
    expectTypeOf<Launch>().toBeCallableWith(new URL("file:///worker.js"), { name: "w" });
    expectTypeOf<Launch>().toBeCallableWith((_: LaunchInfo): Worker => {
      throw new Error("a type only");
    });
    expectTypeOf<() => Promise<Worker>>().not.toExtend<WorkerFactory>();
  });

  it("options may be made for each attempt", () => {
    expectTypeOf<(info: LaunchInfo) => { name: string }>().toExtend<WorkerLaunchOptions>();
    expectTypeOf<{ stderr: true }>().not.toExtend<WorkerLaunchOptions>();
  });

  it("a worker is told why it is to stop", () => {
    expectTypeOf<Parameters<typeof onStop>[0]>().parameter(0).toEqualTypeOf<StopReason>();
    expectTypeOf<StopRequestedError["reason"]>().toEqualTypeOf<StopReason>();
    expectTypeOf<ReturnType<typeof stopSignal>>().toEqualTypeOf<AbortSignal>();
  });
});
