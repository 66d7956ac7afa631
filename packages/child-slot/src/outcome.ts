// What a rule brings about: changes to the state, and commands. Which attempt the commands are about is
// added here: what follows a launch is about the next one, and a stale report about its own.

import type { FenceDecision, SlotCommand, SlotReport } from "./alphabet.js";
import type { SlotState } from "./state.js";

/** Filled in by `bringAbout`. */
interface About {
  /** The generation that the command is about. */
  generation?: number;
  /** The attempt that the command is about. */
  attempt?: number;
}

type Bare<Command> = Command extends SlotCommand ? Omit<Command, keyof About> & About : never;

/** A command, still without the attempt that it is about. A new object each time, so it can be completed. */
export type BareCommand = Bare<SlotCommand>;

/** What a rule may change. The numbers follow from the launches among the commands. */
export type Changes = Partial<Omit<SlotState, "generation" | "attempt" | "restarts">>;

/** With null for changes the same state comes back. */
export type Outcome = readonly [changes: Changes | null, commands: readonly BareCommand[]];

/** Nothing changes, and nothing is said. */
export const quiet = (): Outcome => [null, []];

export const say = (report: SlotReport): BareCommand => ({ type: "report", report });

export const fence = (decision: FenceDecision): BareCommand => say({ type: "fence", decision });

/** Generations and attempts are counted together, one with each launch. */
export function bringAbout(
  state: SlotState,
  [changes, commands]: Outcome,
): readonly [SlotState, readonly SlotCommand[]] {
  let { generation } = state;
  for (const command of commands) {
    if (command.type === "launch") generation++;
    const about = command.type === "stale" ? command.report.generation : generation;
    command.generation = about;
    command.attempt = about + 1;
  }
  const complete = commands as readonly SlotCommand[];
  if (!changes) return [state, complete];
  const next: SlotState = {
    intent: changes.intent ?? state.intent,
    open: changes.open ?? state.open,
    generation,
    attempt: generation + 1,
    restarts: Math.max(0, generation),
    lastExit: changes.lastExit ?? state.lastExit,
    restartLimit: changes.restartLimit ?? state.restartLimit,
    phase: changes.phase ?? state.phase,
  };
  return [next, complete];
}
