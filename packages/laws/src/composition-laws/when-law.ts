// The form of a law of decisions by cause: a member, a predicate and a script are drawn, and every step is
// kept with what the combinator did on it: which exits it put to the predicate, and what the member got.

import type { AnyExit, Exit, RestartEvent, RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { pick, type RestartScript } from "../policy-laws/script.js";
import { scripts, sequels } from "../policy-laws/some-script.js";
import { bothTables } from "../policy-laws/table.js";
import { type Moment, tell } from "../policy-laws/tell.js";
import type { Combinator } from "./composition.js";

export type Predicate = (exit: AnyExit) => boolean;
export type MakeWhen = (predicate: Predicate, policy: RestartPolicy) => RestartPolicy;

/** What is checked, and on which members. */
export interface WhenSubject {
  readonly when: MakeWhen;
  readonly members: readonly RestartPolicy[];
  /** The same for one cause, as the laws of every policy take it. */
  readonly ofOneCause: Combinator;
}

/** One input with its policies. */
export interface Told {
  readonly member: RestartPolicy;
  readonly predicate: Predicate;
  readonly when: MakeWhen;
  readonly script: RestartScript;
  readonly after: RestartScript;
}

/** A step, and what the combinator did on it. */
export interface WatchedMoment extends Moment {
  /** The exits that the predicate got. */
  readonly asked: readonly Exit[];
  /** What the member was stepped with, and what it answered. */
  readonly stepped: readonly { readonly event: RestartEvent; readonly answer: unknown }[];
  /** Whether the last exit matched: null before the first, undefined from a reset to the next exit. */
  readonly last: boolean | null | undefined;
}

interface ManyCauses {
  /** A place in the list of members. */
  readonly member: number;
  /** A place in the list of causes. */
  readonly cause: number;
  readonly script: RestartScript;
  readonly after: RestartScript;
}

const CAUSES: readonly (readonly [name: string, Predicate])[] = [
  ["exit => exit.kind === 'failed'", ({ kind }) => kind === "failed"],
  ["exit => exit.code === 1", ({ code }) => code === 1],
  ["exit => exit.code !== 1", ({ code }) => code !== 1],
];

interface WhenLawParts {
  readonly name: string;
  readonly says: string;
  readonly cases: readonly string[];
  readonly holds: (told: Told, reached: Reached) => void;
}

export function whenLaw({ name, says, cases, holds }: WhenLawParts): Law<WhenSubject> {
  return {
    name,
    says,
    trial({ when, members }) {
      const all = members.flatMap(({ describe }) => describe.timesMs);
      const times = [...new Set([1, ...all])].filter((ms) => ms > 0).sort((a, b) => a - b);
      const scale = { times, counts: [2, 4] };
      const toldOf = (input: ManyCauses): Told => {
        const [, predicate] = pick(CAUSES, input.cause);
        const member = pick(members, input.member);
        const { script, after } = input;
        return { member, predicate, when, script, after };
      };
      return trial<ManyCauses>({
        inputs: fc.record({
          member: fc.nat(members.length - 1),
          cause: fc.nat(CAUSES.length - 1),
          script: scripts(scale, { maxParts: 8 }),
          after: sequels(scale),
        }),
        cases,
        holds: (input, reached) => holds(toldOf(input), reached),
        show(input) {
          const { member, predicate, script, after } = toldOf(input);
          const head = `  ${pick(CAUSES, input.cause)[0]}; ${member.name}`;
          return `${head}\n${bothTables(when(predicate, member), script, "then", after)}`;
        },
      });
    },
  };
}

/** Tells one of the same parts the script, and watches its predicate and its member. */
export function watch({ when, predicate, member, script }: Told): readonly WatchedMoment[] {
  let asked: Exit[] = [];
  let stepped: { event: RestartEvent; answer: unknown }[] = [];
  const watched = when(
    (exit) => {
      asked.push(exit);
      return predicate(exit);
    },
    {
      ...member,
      step(state, event, now) {
        const step = member.step(state, event, now);
        stepped.push({ event, answer: step[1] });
        return step;
      },
    },
  );
  const seen: Pick<WatchedMoment, "asked" | "stepped">[] = [];
  const moments = tell(
    {
      ...watched,
      step(state, event, now) {
        [asked, stepped] = [[], []];
        const step = watched.step(state, event, now);
        seen.push({ asked, stepped });
        return step;
      },
    },
    script,
  );
  let last: boolean | null | undefined = null;
  return moments.map((moment, i) => {
    const { event } = moment;
    if (event.type === "exited") last = predicate(event.exit);
    if (event.type === "reset") last = undefined;
    return { ...moment, ...(seen[i] as (typeof seen)[0]), last };
  });
}
