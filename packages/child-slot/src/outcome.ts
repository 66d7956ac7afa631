// What a rule brings about: changes to the state, and commands. Which attempt the commands are about is
// added here: what follows a launch is about the next one, and a stale report about its own.

import type { FenceDecision, SlotCommand, SlotReport } from "./alphabet.js";
import type { SlotState } from "./state.js";

type Bare<Command> = Command extends SlotCommand ? Omit<Command, "generation" | "attempt"> : never;

/** A command, still without the attempt that it is about. */
export type BareCommand = Bare<SlotCommand>;

/** With null for changes the same state comes back. */
export type Outcome = readonly [changes: Partial<SlotState> | null, ...commands: BareCommand[]];

export const say = (report: SlotReport): BareCommand => ({ type: "report", report });

export const fence = (decision: FenceDecision): BareCommand => say({ type: "fence", decision });

/** Generations and attempts are counted together, one with each launch. */
export function bringAbout(
  state: SlotState,
  [changes, ...bare]: Outcome,
): readonly [SlotState, readonly SlotCommand[]] {
  let { generation } = state;
  const commands = bare.map((command) => {
    if (command.type === "launch") generation++;
    const about = command.type === "stale" ? command.report.generation : generation;
    return { ...command, generation: about, attempt: about + 1 };
  });
  if (!changes) return [state, commands];
  const attempt = generation + 1;
  return [
    { ...state, ...changes, generation, attempt, restarts: Math.max(0, generation) },
    commands,
  ];
}
