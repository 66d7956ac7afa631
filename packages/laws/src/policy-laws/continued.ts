// A script, and another one that is played after it: the input of laws about what is remembered.

import { shorterPart } from "../kernel/shorten.js";
import type { Meets } from "./meets.js";
import type { RestartScript } from "./script.js";
import { shorterScript } from "./shorter-script.js";
import type { PolicySubject } from "./subject.js";
import { bothTables } from "./table.js";

/** What is played first, and what is played after it. */
export interface Continued {
  readonly before: RestartScript;
  readonly after: RestartScript;
}

export const showContinued =
  ({ policy }: PolicySubject) =>
  ({ before, after }: Continued): string =>
    bothTables(policy, before, "then", after);

export function* shorterContinued<Input extends Continued>(input: Input): Generator<Input> {
  yield* shorterPart(input, "after", shorterScript);
  yield* shorterPart(input, "before", shorterScript);
}

/** The long stories, each before every kind of sequel that is short. */
export const longContinued = ({ longScripts }: PolicySubject, after: RestartScript) =>
  longScripts.map((before) => ({ before, after }));

/** The case is only asked for if the policy ever reaches it. */
export const casesOf = (subject: PolicySubject, meets: Meets): readonly string[] =>
  subject.comesTo(meets) ? [meets.name] : [];
