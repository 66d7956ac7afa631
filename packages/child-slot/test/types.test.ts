import type { Exit, ExitKind, Millis, Policy } from "@steadfast/policy";
import { describe, expectTypeOf, it } from "vitest";
import type { EXIT_KINDS } from "../src/exit-kinds.js";
import {
  type ChildReport,
  type ChildSlot,
  type ChildSlotOptions,
  childSlot,
  type FenceDecision,
  IllegalTransitionError,
  isIllegalTransitionError,
  type LimitView,
  type SlotCommand,
  type SlotEvent,
  type SlotPhase,
  type SlotReport,
  type SlotState,
  type SlotVerdict,
  type StopCause,
  slotTable,
} from "../src/index.js";

describe("the types", () => {
  it("make a slot a policy whose decisions are commands", () => {
    expectTypeOf(childSlot).parameters.toEqualTypeOf<[ChildSlotOptions, (string | undefined)?]>();
    expectTypeOf(childSlot).returns.toEqualTypeOf<ChildSlot>();
    expectTypeOf<ChildSlot>().toExtend<Policy<SlotState, SlotEvent, readonly SlotCommand[]>>();
    expectTypeOf<ChildSlot["deadline"]>().returns.toEqualTypeOf<Millis | null>();
  });

  it("give each phase only the fields that mean something in it", () => {
    type Fields<Status> = keyof Extract<SlotPhase, { status: Status }>;
    expectTypeOf<Fields<"stopped">>().toEqualTypeOf<"status">();
    expectTypeOf<Fields<"starting">>().toEqualTypeOf<
      "status" | "launchedAt" | "readySince" | "excused" | "saidNotReady" | "beat" | "ranSince"
    >();
    expectTypeOf<Fields<"running">>().toEqualTypeOf<
      "status" | "launchedAt" | "healthy" | "beat" | "ranSince" | "healthSince"
    >();
    expectTypeOf<Fields<"ready">>().toEqualTypeOf<Fields<"running"> | "readyAt">();
    expectTypeOf<Fields<"cancelling">>().toEqualTypeOf<
      "status" | "launchedAt" | "cause" | "step" | "since" | "excused" | "pending" | "reason"
    >();
  });

  it("tag every command with the attempt it is about", () => {
    expectTypeOf<SlotCommand["generation"]>().toEqualTypeOf<number>();
    expectTypeOf<SlotCommand["attempt"]>().toEqualTypeOf<number>();
    expectTypeOf<SlotCommand["type"]>().toEqualTypeOf<
      "launch" | "request-stop" | "kill" | "abandon" | "stale" | "report"
    >();
  });

  it("narrow by type alone", () => {
    const hear = (command: SlotCommand) => {
      if (command.type === "request-stop") {
        expectTypeOf(command.reason).toEqualTypeOf<Exclude<StopCause, "force">>();
      }
      if (command.type === "stale") {
        expectTypeOf(command.report).toEqualTypeOf<ChildReport | SlotVerdict>();
      }
      if (command.type !== "report") return;
      expectTypeOf(command.report).toEqualTypeOf<SlotReport>();
      if (command.report.type === "fence") {
        expectTypeOf(command.report.decision).toEqualTypeOf<FenceDecision>();
      }
      if (command.report.type === "exited") expectTypeOf(command.report.exit).toEqualTypeOf<Exit>();
    };
    expectTypeOf(hear).returns.toBeVoid();
  });

  it("demand who asks for a restart, and why", () => {
    type Restart = Extract<SlotEvent, { type: "restart" }>;
    expectTypeOf<{ type: "restart"; requester: string }>().not.toExtend<Restart>();
    expectTypeOf<Extract<SlotEvent, { type: "limit" }>["view"]>().toEqualTypeOf<LimitView>();
  });

  it("allow no writing", () => {
    const [state] = childSlot({ id: "a" }).step(
      childSlot({ id: "a" }).initial(),
      { type: "tick" },
      0,
    );
    expectTypeOf<SlotState>().toExtend<Readonly<SlotState>>();
    expectTypeOf(state).toEqualTypeOf<SlotState>();
    expectTypeOf(slotTable).not.toExtend<unknown[]>();
  });

  it("list every kind of exit", () => {
    expectTypeOf<(typeof EXIT_KINDS)[number]>().toEqualTypeOf<ExitKind>();
  });

  it("narrow an unknown error by its code", () => {
    const error: unknown = new IllegalTransitionError("a", "ready", "launch", "occupied");
    if (isIllegalTransitionError(error))
      expectTypeOf(error).toEqualTypeOf<IllegalTransitionError>();
  });
});
