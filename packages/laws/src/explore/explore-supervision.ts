// Every state that a supervision can get into, breadth first, until no new one is found; and whether the
// invariants hold in all of them. What counts as the same state is argued in `abstraction.ts`.

import { type RemotePolicy, type RestartPolicy, readArguments } from "@steadfast/policy";
import {
  type Supervision,
  type SupervisionOptions,
  type SupervisionState,
  supervision as supervisionOf,
} from "@steadfast/supervision";
import { type Abstraction, abstracted, NOW } from "./abstraction.js";
import { type Move, movesFrom, type Reality } from "./happenings.js";
import { brokenBy, brokenIn, carriedOut, give, type SupervisionInvariant } from "./invariants.js";
import { tellStory } from "./story.js";

/**
 * How a supervision is explored: its own options, and how far to look.
 * @since 0.1.0
 */
export interface ExploreOptions extends Omit<SupervisionOptions, "policy" | "shared" | "notes"> {
  /** A supervision of your own to explore. Default: `supervision(options)`. */
  readonly supervision?: Supervision;
  /** Counters are held at this number, above every limit in the options: from 1 to 2^53-1. Default 3. */
  readonly holdCountersAt?: number;
  /** The exploration gives up after so many states: from 1 to 2^53-1. Default 250 000. */
  readonly mostStates?: number;
}

/**
 * What an exploration found.
 * @since 0.1.0
 */
export interface Exploration {
  /** How many states there are. */
  readonly states: number;
  /** How many steps were taken. */
  readonly transitions: number;
  /** Whether no new state was found any more. */
  readonly isComplete: boolean;
  /** The invariants that do not hold, each with a shortest trace. Empty if all hold. */
  readonly findings: readonly ExplorationFinding[];
}

/**
 * An invariant that does not hold.
 * @since 0.1.0
 */
export interface ExplorationFinding {
  /** Which one. */
  readonly invariant: SupervisionInvariant;
  /** The names of what happened, in order: no shorter trace breaks it. */
  readonly trace: readonly string[];
  /** The same as a text: what happened, and what was done about it, a line each. */
  readonly story: string;
}

/** A state that was met, and how it was first reached. */
interface Met {
  readonly state: SupervisionState;
  readonly reality: Reality;
  readonly by: { readonly from: Met; readonly move: Move } | null;
}

/**
 * Explores every state that a supervision with this policy can get into, by orders, reports, ticks and
 * passing time, and looks whether its invariants hold in all of them: at most one attempt alive; no launch
 * after a stop or an ending; nothing is waited for while somebody is alive; it settles once; a stop ends
 * within the grace period and the abandonment, whatever the child does; no more than two ticks at one
 * instant; somebody is there, or something is waited for.
 *
 * Decides: nothing about the policy itself; that is `checkPolicy`'s. Units: milliseconds; options of 1 to 3
 * make small state spaces. Edge: states that no rule can tell apart are one. Pure, and the same result
 * every time. Errors: `PolicyOptionsError` for a bad option; what the supervision throws.
 * Source: docs/supervision.md.
 *
 * @since 0.1.0
 * @example
 * const times = { healthyAfterMs: 1, gracePeriodMs: 1, abandonAfterMs: 1 };
 * exploreSupervision(restartOn("transient"), times).findings; // => []
 */
export function exploreSupervision(
  policy: RestartPolicy | RemotePolicy,
  options: ExploreOptions = {},
): Exploration {
  readArguments("exploreSupervision", arguments, 2);
  const { supervision: given, holdCountersAt = 3, mostStates = 250_000, ...own } = options;
  const supervision = given ?? supervisionOf({ policy, ...own, notes: false });
  return new Search(supervision, own, holdCountersAt, mostStates).toTheEnd();
}

class Search {
  readonly #met = new Set<string>();
  readonly #queue: Met[] = [];
  readonly #findings = new Map<SupervisionInvariant, ExplorationFinding>();
  readonly #abstraction: Abstraction;
  readonly #stopMs: number;
  #transitions = 0;

  constructor(
    private readonly supervision: Supervision,
    private readonly options: Omit<SupervisionOptions, "policy">,
    most: number,
    private readonly mostStates: number,
  ) {
    const { gracePeriodMs = 5_000, abandonAfterMs = 5_000, healthyFrom } = options;
    this.#stopMs = gracePeriodMs + abandonAfterMs;
    const ageMs = Math.ceil(longest(supervision.describe) * 1.1) + 1;
    this.#abstraction = { ageMs, most, readsReadyAt: healthyFrom === "ready" };
  }

  toTheEnd(): Exploration {
    this.#meet(this.supervision.initial(), NOW, { child: "none" }, null);
    let at = 0;
    for (; at < this.#queue.length && this.#met.size < this.mostStates; at++) {
      this.#leave(this.#queue[at] as Met, at > 0);
    }
    return {
      states: this.#met.size,
      transitions: this.#transitions,
      isComplete: at === this.#queue.length,
      findings: [...this.#findings.values()],
    };
  }

  /** Lets everything happen that can happen in a state. */
  #leave(met: Met, isBegun: boolean): void {
    const { state } = met;
    for (const invariant of brokenIn(state, this.supervision, this.#stopMs)) {
      this.#find(invariant, met, null);
    }
    for (const move of movesFrom(state, met.reality, this.options, isBegun)) {
      this.#transitions++;
      if (move.event) this.#happen(met, move, move.event);
      else this.#meet(state, NOW + 1, met.reality, { from: met, move });
    }
  }

  #happen(met: Met, move: Move, event: NonNullable<Move["event"]>): void {
    const [after, effects] = give(this.supervision, met.state, event, NOW);
    const reality = { ...met.reality, ...move.reality };
    const step = { before: met.state, effects, after, reality };
    const broken = brokenBy(step, this.supervision);
    for (const invariant of broken) this.#find(invariant, met, move);
    const next = carriedOut(effects, reality);
    // Beyond a broken step nothing can be said.
    if (next && broken.length === 0) this.#meet(after, NOW, next, { from: met, move });
  }

  #meet(state: SupervisionState, now: number, reality: Reality, by: Met["by"]): void {
    const seen = abstracted(state, now, this.#abstraction);
    const text = `${reality.child} ${JSON.stringify(seen)}`;
    if (this.#met.has(text)) return;
    this.#met.add(text);
    this.#queue.push({ state: seen, reality, by });
  }

  #find(invariant: SupervisionInvariant, met: Met, last: Move | null): void {
    if (this.#findings.has(invariant)) return;
    const moves: Move[] = last ? [last] : [];
    for (let one: Met | null = met; one?.by; one = one.by.from) moves.unshift(one.by.move);
    const trace = moves.map(({ name }) => name);
    const story = tellStory(invariant, moves, this.supervision);
    this.#findings.set(invariant, { invariant, trace, story });
  }
}

/** The longest duration anywhere in the description: nothing is looked back on for longer. */
function longest(description: unknown): number {
  if (typeof description === "number") return description < NOW ? description : 0;
  if (typeof description !== "object" || description === null) return 0;
  return Math.max(0, ...Object.values(description).map(longest));
}
