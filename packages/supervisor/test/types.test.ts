import type { RestartPolicy } from "@steadfast/policy";
import { expectTypeOf, it } from "vitest";
import {
  type CompletedOutcome,
  type Launcher,
  type Outcome,
  type SuperviseOptions,
  type SupervisorEvent,
  type SupervisorHandle,
  supervise,
} from "../src/index.js";
import { manualSystem, type ScriptedLauncher, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";

it("a launcher's value is the outcome's", () => {
  const begin = (launcher: Launcher<number>) => supervise(launcher, { policy: delay(0) });
  expectTypeOf(begin).returns.toEqualTypeOf<SupervisorHandle<number>>();
  expectTypeOf<SupervisorHandle<number>["outcome"]>().resolves.toEqualTypeOf<Outcome<number>>();
  expectTypeOf<CompletedOutcome<number>["value"]>().toEqualTypeOf<number>();
});

it("an outcome is told apart by its type", () => {
  const of = (outcome: Outcome<string>) => {
    if (outcome.type === "completed") expectTypeOf(outcome.value).toEqualTypeOf<string>();
    if (outcome.type === "excused") expectTypeOf(outcome).not.toHaveProperty("value");
    if (outcome.type === "refused") expectTypeOf(outcome.reason).toEqualTypeOf<string>();
    if (outcome.type === "stopped") {
      expectTypeOf(outcome.by).toEqualTypeOf<"stop" | "abort" | "dispose">();
    }
    if (outcome.type === "failed") expectTypeOf(outcome.error).toEqualTypeOf<unknown>();
    return outcome.type;
  };
  expectTypeOf(of).returns.toEqualTypeOf<Outcome["type"]>();
  expectTypeOf<Outcome<string>>().not.toHaveProperty("value"); // only a completed one has it
});

it("every event says which child, when and which attempt", () => {
  expectTypeOf<SupervisorEvent["at"]>().toEqualTypeOf<number>();
  expectTypeOf<SupervisorEvent & { type: "refused" }>().toHaveProperty("reason");
  expectTypeOf<Extract<SupervisorEvent, { type: "lagged" }>["missed"]>().toEqualTypeOf<number>();
});

it("any restart policy fits, and one is needed", () => {
  expectTypeOf<RestartPolicy<{ of: number }>>().toExtend<SuperviseOptions["policy"]>();
  expectTypeOf<{ readonly healthyAfterMs: 5 }>().not.toExtend<SuperviseOptions>();
});

it("a scripted launcher is a launcher of its values", () => {
  const launcher = scriptedLauncher<string>(manualSystem(), [
    { runMs: 1, exit: { kind: "completed", value: "x" } },
  ]);
  expectTypeOf(launcher).toEqualTypeOf<ScriptedLauncher<string>>();
  expectTypeOf(launcher).toExtend<Launcher<string>>();
  expectTypeOf(launcher).not.toExtend<Launcher<number>>();
});
