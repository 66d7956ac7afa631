// The policy with its state: the only place where it is stepped, checked and journalled.

import {
  decisionFault,
  type JournalEntry,
  journalEntry,
  type LaunchAnswer,
  launch,
  type Millis,
  type RestartDecision,
  type RestartEvent,
} from "@steadfast/policy";
import { ContractError } from "./errors.js";
import type { LaunchCause } from "./events.js";
import { guarded } from "./guarded.js";
import type { SuperviseSettings } from "./supervise-settings.js";
import type { System } from "./system.js";

export interface Ledger {
  /** The state of the child's own policy. */
  state(): unknown;
  /** Tells the policy a fact. */
  tell(event: Exclude<RestartEvent, { type: "launch" }>, now: Millis): void;
  /** Asks the policy for a launch, with a fresh draw. */
  ask(cause: LaunchCause, now: Millis): LaunchAnswer;
  /** Records a launch that an operator ordered and the policy was not asked about. */
  noteOperator(now: Millis): void;
}

export function ledger(
  { policy: own, journal, shared }: Pick<SuperviseSettings, "policy" | "journal" | "shared">,
  system: System,
  initial: unknown,
  onJournalError: (error: unknown) => void,
): Ledger {
  const policy = shared ? shared.joinedBy(own) : own;
  let state = initial;
  let isKept = true;

  function step(event: RestartEvent, now: Millis, wall: Millis): RestartDecision {
    const before = shared ? [state, shared.state] : state;
    const step: unknown = policy.step(before, event, now);
    if (!Array.isArray(step)) broken("step must answer [state, decision]");
    const [after, decision] = step as [unknown, RestartDecision];
    const fault = decisionFault(event, decision);
    if (fault) broken(fault);
    if (shared) [state, shared.state] = after as [unknown, unknown];
    else state = after;
    write({ at: now, wall, event, decision });
    return decision;
  }

  function broken(fault: string): never {
    throw new ContractError("policy", `${policy.name}: ${fault}`);
  }

  /** A journal that throws, or rejects, is written to no more, and that is told once. */
  function write(entry: JournalEntry): void {
    if (!journal || !isKept) return;
    guarded(
      () => journal(journalEntry(entry)),
      (error) => {
        if (isKept) onJournalError(error);
        isKept = false;
      },
    );
  }

  function wallTime(): Millis {
    const wall = Math.floor(system.wall ? system.wall() : system.clock()) + 0;
    if (Number.isSafeInteger(wall)) return wall;
    throw new ContractError("system", `wall() must answer epoch milliseconds, got ${wall}`);
  }

  return {
    state: () => state,
    tell: (event, now) => void step(event, now, wallTime()),
    ask(cause, now) {
      const draw = system.random();
      if (!(typeof draw === "number" && draw >= 0 && draw < 1)) {
        throw new ContractError("system", `random() must answer a number in [0, 1), got ${draw}`);
      }
      const wall = wallTime();
      return step({ type: "launch", cause, draw, wall }, now, wall) as LaunchAnswer;
    },
    noteOperator(now) {
      const wall = wallTime();
      const event = { type: "launch", cause: "operator", draw: 0, wall } as const;
      write({ at: now, wall, event, decision: launch(), by: "operator" });
    },
  };
}
