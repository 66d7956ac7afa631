// How a law about adapters is written: a story is played, and the law looks at what came of it.

import type { Arbitrary } from "fast-check";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { pooled } from "../kernel/pooled.js";
import type { LauncherTrace } from "./launcher-trace.js";
import { type PlayedAttempt, type PlayedTrace, playTrace, type Step } from "./play-trace.js";
import { shorterTrace } from "./shorter-trace.js";
import { showLauncherTrace } from "./show-launcher-trace.js";
import { someTrace } from "./some-trace.js";
import type { Abilities, LauncherSubject } from "./subject.js";

export interface LauncherLawParts {
  readonly name: string;
  readonly says: string;
  /** What must come up often enough, with what this kind of child can do. */
  readonly cases: (can: Abilities) => readonly string[];
  /** Why it cannot be tried with what this kind of child can do, or null. */
  readonly unfit?: (can: Abilities) => string | null;
  /** Throws where the law is broken. */
  readonly check: (played: PlayedTrace, reached: Reached, can: Abilities) => void;
}

export function launcherLaw(parts: LauncherLawParts): Law<LauncherSubject> {
  const { name, says, cases, unfit, check } = parts;
  return {
    name,
    says,
    trial(subject) {
      const { can } = subject;
      const reason = unfit?.(can) ?? null;
      if (reason !== null) return reason;
      const { inputs, played } = storiesOf(subject);
      return trial<LauncherTrace>({
        inputs,
        cases: cases(can),
        shorter: shorterTrace,
        holds: async (trace, reached) => check(await played(trace), reached, can),
        show: showLauncherTrace,
      });
    },
  };
}

interface Stories {
  readonly inputs: Arbitrary<LauncherTrace>;
  /** What came of a story; it is played once. */
  readonly played: (trace: LauncherTrace) => Promise<PlayedTrace>;
}

const stories = new WeakMap<LauncherSubject, Stories>();

/** The stories of an adapter: every law draws the same ones. */
function storiesOf(subject: LauncherSubject): Stories {
  const plays = new WeakMap<LauncherTrace, Promise<PlayedTrace>>();
  const made: Stories = stories.get(subject) ?? {
    inputs: pooled(someTrace(subject.can)),
    played(trace) {
      const play = plays.get(trace) ?? playTrace(subject, trace);
      plays.set(trace, play);
      return play;
    },
  };
  stories.set(subject, made);
  return made;
}

/** The attempts that led to a child, each with its number. */
export function childrenOf({ attempts }: PlayedTrace) {
  return attempts.flatMap((attempt, index) =>
    attempt.child ? [{ ...attempt, child: attempt.child, nth: `attempt ${index + 1}` }] : [],
  );
}

export function stepsOf<Type extends Step["type"]>(
  { steps }: PlayedAttempt,
  type: Type,
): readonly Extract<Step, { readonly type: Type }>[] {
  return steps.filter((step): step is Extract<Step, { readonly type: Type }> => step.type === type);
}

/** Where the exit stands among the steps; behind all of them if there is none. */
export function exitIndex({ steps }: PlayedAttempt): number {
  const index = steps.findIndex(({ type }) => type === "exited" || type === "rejected");
  return index < 0 ? steps.length : index;
}

/** Whether something was done to the child before its exit was reported. */
export function wasDone(attempt: PlayedAttempt, act: "requestStop" | "kill" | "abandon"): boolean {
  const before = attempt.steps.slice(0, exitIndex(attempt));
  return before.some((step) => step.type === "act" && step.act === act);
}
