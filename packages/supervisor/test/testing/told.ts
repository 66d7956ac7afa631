// What the launcher suite says of some makers, by short names of its sentences.

import { type LauncherMakers, launcherCases } from "../../src/testing.js";

/** Every sentence of the suite, in its order. */
export const SENTENCES = {
  endsWell: "a child that ends well exits `completed`",
  endsBadly: "a child that ends badly exits with a failure",
  settlesOnce: "`exited` settles once, with the same exit for everybody",
  stops: "a child ends when it is asked to stop",
  againAndAgain: "requestStop and kill may be called again and again, before the exit and after",
  stopsAtOnce: "a child may be stopped in the turn in which it was launched",
  isKilled: "a child that ignores the request to stop is ended by a kill",
  isAbandoned: "a child that ignores the request to stop, and cannot be killed, is abandoned",
  endsSilent: "no signal follows the exit",
  launchesAgain: "one launcher launches again and again, each child on its own",
  isSupervised: "supervised, it is restarted and stopped",
  isRefused: "what the system refuses is an exit `spawn-failed`, not something thrown",
  keepsOrder: "signals come in order, also those that were sent before anybody listened",
  leavesNothing: "no listener is left behind",
} as const;

export type Sentence = keyof typeof SENTENCES;

/** What is said of each sentence that is broken. */
export type Told = { readonly [S in Sentence]?: string };

const sentenceOf = new Map<string, string>(
  Object.entries(SENTENCES).map(([sentence, name]) => [name, sentence]),
);

/** The sentences that the suite has for these makers; a case that has another name has it here, too. */
export function sentences(makers: LauncherMakers): readonly string[] {
  return launcherCases(makers).map(({ name }) => sentenceOf.get(name) ?? name);
}

/** Runs the cases, or those of some sentences, one after the other. */
export async function told(
  makers: LauncherMakers,
  some: readonly string[] = sentences(makers),
): Promise<Told> {
  const texts: Record<string, string> = {};
  for (const { name, run } of launcherCases(makers)) {
    const sentence = sentenceOf.get(name) ?? name;
    if (!some.includes(sentence)) continue;
    await run().catch((error: unknown) => {
      texts[sentence] = error instanceof Error ? error.message : `no error: ${error}`;
    });
  }
  return texts;
}
