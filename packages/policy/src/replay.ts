import { PolicyOptionsError } from "./errors.js";
import { exitRecord } from "./exit-record.js";
import type { Millis } from "./policy.js";
import { readArguments } from "./read-arguments.js";
import { checkEntry } from "./read-event.js";
import { readPolicy } from "./read-policy.js";
import type { RestartDecision, RestartEvent, RestartPolicy } from "./restart.js";
import { sameDecision } from "./same-decision.js";

/**
 * One line of a journal: the event, its instant, and what was decided. Plain JSON.
 * @since 0.1.0
 */
export interface JournalEntry {
  /** The supervisor's clock at the step. */
  readonly at: Millis;
  /** The wall clock in epoch milliseconds. */
  readonly wall: Millis;
  /** The event; an exit is held as its bounded record. */
  readonly event: RestartEvent;
  /** What the policy decided; for an operator's launch that was not asked, a launch at once. */
  readonly decision: RestartDecision;
  /** Set on launches that an operator ordered and that the policy was not asked about. */
  readonly by?: "operator";
}

/**
 * What another policy would have done at one line of a journal.
 * @since 0.1.0
 */
export interface ReplayStep {
  /** The instant at which it was stepped: the recorded one, unless an earlier line had a later one. */
  readonly at: Millis;
  /** What the policy replayed remembered before it: for `explain` and `outlook` of `@steadfast/analysis`. */
  readonly before: unknown;
  /** The recorded event. */
  readonly event: RestartEvent;
  /** The decision in the journal. */
  readonly recorded: RestartDecision;
  /** The decision of the policy replayed; the recorded one where the policy was not asked. */
  readonly replayed: RestartDecision;
  /** Whether the two say the same. */
  readonly same: boolean;
}

/**
 * Makes a journal entry that `JSON.stringify` writes as one line. The exit is projected by
 * `exitRecord`, so no output and no live error gets in. Decides nothing, keeps nothing, never throws.
 *
 * @since 0.1.0
 * @example
 * const exit = { kind: "completed", value: "secret" } as const;
 * const event = { type: "exited", exit, failed: false, uptimeMs: 9 } as const;
 * JSON.stringify(journalEntry({ at: 9, wall: 1_009, event, decision: noted })).includes("secret");
 * // => false
 */
export function journalEntry(entry: JournalEntry): JournalEntry {
  const { event } = entry;
  if (event.type !== "exited") return entry;
  return { ...entry, event: { ...event, exit: exitRecord(event.exit) } };
}

/**
 * Says what another policy would have done with the events of a journal.
 *
 * Decides: each recorded event is stepped at its recorded instant; instants that go back are held.
 * After the first difference the events are still the recorded ones: the answer is "this policy, told
 * and asked the same", not a simulation. Operator launches that were not asked are not asked now.
 * The policy starts from its initial state: a journal that begins in the middle is judged as if
 * nothing had happened before. `same` compares whole decisions: type, delay, reason and wait.
 * Effect on state: none outside. Errors: `PolicyOptionsError` for what is no policy, no list, or an entry
 * with a wrong `at`, event or decision, by its place in the journal; whatever the policy throws.
 *
 * @since 0.1.0
 * @example
 * const event = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const journal = [{ at: 0, wall: 0, event, decision: launch() }];
 * replay(journal, restartOn("temporary")).filter((step) => !step.same).length; // => 1
 */
export function replay(journal: Iterable<JournalEntry>, policy: RestartPolicy): ReplayStep[] {
  readArguments("replay", arguments, 2);
  readPolicy("replay", "policy", policy);
  if (typeof (journal as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] !== "function") {
    throw new PolicyOptionsError("replay", "journal", "a list of journal entries", journal);
  }
  const steps: ReplayStep[] = [];
  let state = policy.initial();
  let now = Number.MIN_SAFE_INTEGER;
  for (const entry of journal) {
    checkEntry("replay", `journal[${steps.length}]`, entry);
    const { at, event, decision: recorded, by } = entry;
    now = Math.max(now, at);
    const before = state;
    let replayed = recorded;
    if (by !== "operator") [state, replayed] = policy.step(state, event, now);
    steps.push({
      at: now,
      before,
      event,
      recorded,
      replayed,
      same: sameDecision(recorded, replayed),
    });
  }
  return steps;
}
