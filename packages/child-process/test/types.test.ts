import type { ChildProcess } from "node:child_process";
import type { Exit } from "@steadfast/policy";
import type { Launcher, LaunchInfo } from "@steadfast/supervisor";
import { describe, expectTypeOf, it } from "vitest";
import {
  forkLauncher,
  type LiveProcess,
  type OutputSinks,
  processLauncher,
  type StopPlan,
  spawnLauncher,
} from "../src/index.js";

describe("types", () => {
  it("every launcher is a Launcher without a value", () => {
    expectTypeOf(spawnLauncher).returns.toExtend<Launcher<undefined>>();
    expectTypeOf(forkLauncher).returns.toExtend<Launcher<undefined>>();
    expectTypeOf(processLauncher).returns.toExtend<Launcher>();
    expectTypeOf<LiveProcess["exited"]>().toEqualTypeOf<Promise<Exit<undefined>>>();
  });

  it("what this package decides itself is no option", () => {
    expectTypeOf<Parameters<typeof spawnLauncher>[2] & {}>().not.toHaveProperty("detached");
    expectTypeOf<Parameters<typeof forkLauncher>[2] & {}>().not.toHaveProperty("shell");
    expectTypeOf<(Parameters<typeof processLauncher>[1] & {})["stdout"]>().toEqualTypeOf<
      OutputSinks | undefined
    >();
  });

  it("a factory is told about the attempt", () => {
    type Factory = Parameters<typeof processLauncher>[0];
    expectTypeOf<Parameters<Factory>>().toEqualTypeOf<[LaunchInfo]>();
    expectTypeOf<() => ChildProcess>().toExtend<Factory>();
  });

  it("a factory returns a child, or what has one, and no promise of one", () => {
    type Factory = Parameters<typeof processLauncher>[0];
    type Execa = Promise<{ exitCode: number }> & { nodeChildProcess: ChildProcess };
    expectTypeOf<() => Execa>().toExtend<Factory>();
    expectTypeOf<() => Promise<ChildProcess>>().not.toExtend<Factory>();
  });

  it("a plan cannot be changed", () => {
    expectTypeOf<StopPlan["stop"]>().toExtend<readonly unknown[]>();
    expectTypeOf<StopPlan["stop"]>().not.toExtend<unknown[]>();
  });
});
