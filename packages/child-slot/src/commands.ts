// Making commands. Every command names the attempt that it is about.

import type { FenceDecision, SlotCommand, SlotReport } from "./alphabet.js";
import type { SlotState } from "./state.js";

export type Step = readonly [SlotState, readonly SlotCommand[]];

/** Generations and attempts grow together, so that one tells the other. */
export function tag(state: SlotState, generation: number = state.generation) {
  return { generation, attempt: state.attempt - state.generation + generation };
}

export function report(state: SlotState, news: SlotReport): SlotCommand {
  return { type: "report", report: news, ...tag(state) };
}

export function fence(state: SlotState, decision: FenceDecision): SlotCommand {
  return report(state, { type: "fence", decision });
}
