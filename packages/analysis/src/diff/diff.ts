import { type Exit, PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import { largestLimit } from "../lint/limits.js";
import { grouped } from "../simulate/grouped.js";
import { listOf } from "./chain.js";
import { search } from "./search.js";
import { samenessOf, sideOf } from "./sides.js";
import { tableOf } from "./table.js";
import type { Diff, DiffOptions, DiffSide, Looked } from "./types.js";

type Names = readonly [string, string];

const EXITS: readonly [Exit, ...Exit[]] = [{ kind: "failed", code: 1 }, { kind: "completed" }];

const MOST_LIVES = 10_000;
const LEAST_LIVES = 60;

/**
 * Finds a shortest trace on which two policies disagree: a start and lives, as a supervisor would report them.
 *
 * Pure: the same arguments give the same answer. Units: those of the policies. All traces of few lives are
 * tried that matter to their `timesMs`, as many as 10 000 allow; what is found among them has the fewest
 * events there can be, of such lives. Beyond, one life over and over is tried, for longer than the largest
 * limit in their descriptions, and `runs` traces of up to 60 lives at random; what is found is shortened: fewest events first,
 * then least time, until leaving out a life or shortening one helps no more.
 * Edges: `differ: false` means that none was found as far as `looked` says, not that there is none. Operators
 * do nothing in a trace. Both get the same draw.
 * Errors: `PolicyOptionsError` for bad options; whatever the policies throw.
 *
 * @since 0.1.0
 * @param a a policy, or a preset.
 * @param b another one.
 * @param options what counts as a difference, and how long to look. Default: all defaults.
 * @returns whether they differ, the trace, and how far it looked.
 * @example
 * const found = diff(lifetimeCap({ restarts: 1 }), lifetimeCap({ restarts: 2 }));
 * found.lives.length; // => 2
 * found.trace.at(-1)?.b; // => { type: "launch", delayMs: 0 }
 * const same = diff(lifetimeCap({ restarts: 1 }), lifetimeCap({ restarts: 1 }));
 * [same.differ, same.looked.allUpTo]; // => [false, 2]
 */
export function diff(a: DiffSide, b: DiffSide, options: DiffOptions = {}): Diff {
  readArguments("diff", arguments, 3);
  const sides = [sideOf("a", a), sideOf("b", b)] as const;
  const read = readOptions("diff", options);
  const same = samenessOf((read.raw("compare") as DiffOptions["compare"]) ?? "decisions");
  const exits = (read.raw("exits") ?? EXITS) as readonly Exit[];
  const runs = read.whole("runs", { default: 300 });
  const limits = sides.map(({ policy }) => largestLimit(policy.describe, MOST_LIVES - 2));
  const enough = Math.max(LEAST_LIVES, ...limits.map((limit) => limit + 2));
  const maxLives = read.whole("maxLives", { max: MOST_LIVES, default: enough });
  const seed = read.finite("seed", { min: -Number.MAX_VALUE, default: 1 });
  const names = (read.raw("names") ?? sides.map(({ policy }) => policy.name)) as Names;
  read.end();
  if (!Array.isArray(exits) || exits.length === 0) {
    throw new PolicyOptionsError("diff", "exits", "a list of at least one exit", exits);
  }
  const { twin, looked } = search({ sides, same }, { exits, runs, maxLives, seed });
  const trace = listOf(twin?.rows ?? null);
  const lives = listOf(twin?.lives ?? null);
  return {
    differ: twin !== null,
    trace,
    lives: lives.map(({ uptimeMs, exit }) => ({ uptimeMs, exit })),
    looked,
    table: twin ? tableOf(trace, distinct(names)) : noneOf(looked),
  };
}

function distinct([a, b]: Names): Names {
  return a === b ? [`${a} (a)`, `${b} (b)`] : [a, b];
}

function noneOf({ traces, lives, allUpTo }: Looked): string {
  return `no difference in ${grouped(traces)} traces of up to ${grouped(lives)} lives, all of up to ${allUpTo} that matter among them`;
}
