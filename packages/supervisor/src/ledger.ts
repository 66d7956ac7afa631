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
  type RestartPolicy,
} from "@steadfast/policy";
import { ContractError } from "./errors.js";
import type { LaunchCause } from "./events.js";
import { guarded } from "./guarded.js";
import type { SuperviseSettings } from "./options.js";
import type { Budget } from "./shared-budget.js";
import type { System } from "./system.js";

type Journal = (entry: JournalEntry) => void;

export class Ledger {
  readonly #policy: RestartPolicy;
  readonly #system: System;
  readonly #onJournalError: (error: unknown) => void;
  readonly #shared: Budget | null;
  #journal: Journal | null;
  #own: unknown;

  constructor(
    { policy, journal, shared }: Pick<SuperviseSettings, "policy" | "journal" | "shared">,
    system: System,
    state: unknown,
    onJournalError: (error: unknown) => void,
  ) {
    this.#policy = shared ? shared.joinedBy(policy) : policy;
    this.#shared = shared;
    this.#system = system;
    this.#journal = journal;
    this.#onJournalError = onJournalError;
    this.#own = state;
  }

  /** The state of the child's own policy. */
  get state(): unknown {
    return this.#own;
  }

  /** Tells the policy a fact. */
  tell(event: Exclude<RestartEvent, { type: "launch" }>, now: Millis): void {
    this.#step(event, now, this.#wall());
  }

  /** Asks the policy for a launch, with a fresh draw. */
  ask(cause: LaunchCause, now: Millis): LaunchAnswer {
    const draw = this.#system.random();
    if (!(typeof draw === "number" && draw >= 0 && draw < 1)) {
      throw new ContractError("system", `random() must answer a number in [0, 1), got ${draw}`);
    }
    const wall = this.#wall();
    return this.#step({ type: "launch", cause, draw, wall }, now, wall) as LaunchAnswer;
  }

  /** Records a launch that an operator ordered and the policy was not asked about. */
  noteOperator(now: Millis): void {
    const wall = this.#wall();
    const event = { type: "launch", cause: "operator", draw: 0, wall } as const;
    this.#write({ at: now, wall, event, decision: launch(), by: "operator" });
  }

  #step(event: RestartEvent, now: Millis, wall: Millis): RestartDecision {
    const { name } = this.#policy;
    const before = this.#shared ? [this.#own, this.#shared.state] : this.#own;
    const step: unknown = this.#policy.step(before, event, now);
    if (!Array.isArray(step)) {
      throw new ContractError("policy", `${name}: step must answer [state, decision]`);
    }
    const [state, decision] = step as [unknown, RestartDecision];
    const fault = decisionFault(event, decision);
    if (fault) throw new ContractError("policy", `${name}: ${fault}`);
    this.#keep(state);
    this.#write({ at: now, wall, event, decision });
    return decision;
  }

  #keep(state: unknown): void {
    if (this.#shared) [this.#own, this.#shared.state] = state as [unknown, unknown];
    else this.#own = state;
  }

  /** A journal that throws, or rejects, is written to no more, and that is told once. */
  #write(entry: JournalEntry): void {
    const journal = this.#journal;
    if (!journal) return;
    guarded(
      () => journal(journalEntry(entry)),
      (error) => {
        if (this.#journal) this.#onJournalError(error);
        this.#journal = null;
      },
    );
  }

  #wall(): Millis {
    const system = this.#system;
    const wall = Math.floor(system.wall ? system.wall() : system.clock()) + 0;
    if (Number.isSafeInteger(wall)) return wall;
    throw new ContractError("system", `wall() must answer epoch milliseconds, got ${wall}`);
  }
}
