// Any composition of what the cores have, with a name that can be pasted: the options of the leaves and the
// combinators are drawn so that durations meet (the same, a multiple, none at all).

import { backoff } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  waitOut,
  when,
} from "@steadfast/policy";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";

/** As it would be written, and what it is. */
export type Composed = readonly [code: string, policy: RestartPolicy];

function leaf<Options>(
  name: string,
  make: (options: Options) => RestartPolicy,
  options: fc.Arbitrary<Options>,
): fc.Arbitrary<Composed> {
  return options.map((drawn) => [`${name}(${JSON.stringify(drawn)})`, make(drawn)]);
}

const ms = (...choices: readonly number[]) => fc.constantFrom(...choices);
const word = <Word extends string>(...words: readonly Word[]) => fc.constantFrom(...words);

const window = leaf(
  "slidingWindow",
  slidingWindow,
  fc.record({
    limit: fc.constantFrom(1, 2, 3, 10),
    windowMs: ms(0, 1, 100, 1_000, 60_000),
    edge: word("half-open", "closed"),
    counts: word("launches", "restarts", "failures"),
    tripAt: word("limit", "over-limit"),
  }),
);

const pausing = leaf(
  "pausingWindow",
  pausingWindow,
  fc.record({
    limit: fc.constantFrom(1, 2, 3),
    windowMs: ms(0, 1, 100, 1_000, 60_000),
    pauseMs: ms(0, 1, 500, 30_000),
    maxPauses: fc.constantFrom(null, 0, 1, 5),
    edge: word("half-open", "closed"),
  }),
);

const delays = leaf(
  "backoff",
  backoff,
  fc.record(
    {
      initialMs: ms(0, 1, 100, 1_000),
      factor: fc.constantFrom(1, 2, 3),
      capMs: ms(1_000, 30_000),
      jitter: word("none", "full", "equal"),
      counts: word("failures", "restarts"),
      from: word("exit", "launch", "request"),
      resetAfterMs: ms(0, 1_000, 60_000),
    },
    { requiredKeys: ["initialMs", "factor", "capMs", "jitter", "counts", "from"] },
  ),
);

const budget = leaf(
  "crashBudget",
  crashBudget,
  fc.record({
    retries: fc.constantFrom(0, 1, 3),
    windowMs: ms(0, 1_000, 30_000),
    retryDelayMs: ms(0, 250),
    counts: word("failures", "launches"),
    edge: word("half-open", "closed"),
    onHealthy: word("forget", "ignore", "re-anchor"),
  }),
);

const decaying = leaf(
  "decayingBudget",
  decayingBudget,
  fc.record({
    halfLifeMs: ms(0, 1_000, 30_000),
    threshold: fc.constantFrom(0, 0.5, 3),
    pauseMs: ms(0, 500, 15_000),
    onTrip: word("hold", "delay"),
  }),
);

const type = word("permanent", "transient", "temporary").map(
  (one): Composed => [`restartOn("${one}")`, restartOn(one)],
);

const cap = fc
  .constantFrom(0, 1, 5, 60)
  .map(
    (restarts): Composed => [`lifetimeCap({ restarts: ${restarts} })`, lifetimeCap({ restarts })],
  );

const leaves = fc.oneof(
  { weight: 2, arbitrary: window },
  { weight: 2, arbitrary: delays },
  pausing,
  budget,
  decaying,
  type,
  cap,
);

/** A composition of up to so many levels. */
export function composed(levels: number): fc.Arbitrary<Composed> {
  if (levels === 0) return leaves;
  const below = composed(levels - 1);
  const inOrder = fc
    .tuple(below, below)
    .map(([one, two]): Composed => [`inTurn(${one[0]}, ${two[0]})`, inTurn(one[1], two[1])]);
  const together = fc
    .array(below, { minLength: 2, maxLength: 3 })
    .map(
      (all): Composed => [
        `allOf(${all.map(([code]) => code).join(", ")})`,
        allOf(...all.map(([, policy]) => policy)),
      ],
    );
  const inUnits = fc
    .tuple(below, ms(1, 10, 1_000))
    .map(([[code, policy], unit]): Composed => [`coarse(${code}, ${unit})`, coarse(policy, unit)]);
  const final = below.map(([code, policy]): Composed => [`giveUp(${code})`, giveUp(policy)]);
  const waiting = below.map(([code, policy]): Composed => [`waitOut(${code})`, waitOut(policy)]);
  const byCause = fc
    .tuple(below, fc.constantFrom("failed", "completed", "signalled"))
    .map(
      ([[code, policy], kind]): Composed => [
        `when((exit) => exit.kind === "${kind}", ${code})`,
        when((exit) => exit.kind === kind, policy),
      ],
    );
  return fc.oneof(
    { weight: 3, arbitrary: inOrder },
    { weight: 2, arbitrary: together },
    { weight: 2, arbitrary: inUnits },
    final,
    waiting,
    byCause,
    leaves,
  );
}
