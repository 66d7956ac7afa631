import { type Exit, PolicyOptionsError, readOptions } from "@steadfast/policy";
import { search } from "./search.js";
import { samenessOf, sideOf } from "./sides.js";
import { tableOf } from "./table.js";
import type { Diff, DiffOptions, DiffSide } from "./types.js";

type Names = readonly [string, string];

const EXITS: readonly [Exit, ...Exit[]] = [{ kind: "failed", code: 1 }, { kind: "completed" }];

/**
 * A shortest trace on which two policies disagree: a start and lives, as a supervisor would tell them.
 *
 * Pure: the same arguments give the same answer. Units: those of the policies. All traces of few lives are
 * tried that matter to their `timesMs`, as many as 10 000 allow; what is found among them has the fewest
 * events there can be, of such lives. Beyond, `runs` longer ones are tried, and what is found is shortened:
 * fewest events first, then least time, until leaving out a life or shortening one helps no more.
 * Edges: null means that none was found, not that there is none. Operators do nothing in a trace. Both get
 * the same draw.
 * Errors: `PolicyOptionsError` for bad options; whatever the policies throw.
 *
 * @since 0.1.0
 * @param a a policy, or a preset.
 * @param b another one.
 * @param options what counts as a difference, and how long to look. Default: all defaults.
 * @returns null if none was found.
 * @example
 * const found = diff(lifetimeCap({ restarts: 1 }), lifetimeCap({ restarts: 2 }));
 * found?.lives.length; // => 2
 * found?.trace.at(-1)?.b; // => { type: "launch", delayMs: 0 }
 * diff(lifetimeCap({ restarts: 1 }), lifetimeCap({ restarts: 1 })); // => null
 */
export function diff(a: DiffSide, b: DiffSide, options: DiffOptions = {}): Diff | null {
  const sides = [sideOf("a", a), sideOf("b", b)] as const;
  const read = readOptions("diff", options);
  const same = samenessOf((read.raw("compare") as DiffOptions["compare"]) ?? "decisions");
  const exits = (read.raw("exits") ?? EXITS) as readonly Exit[];
  const runs = read.whole("runs", { default: 300 });
  const maxLives = read.whole("maxLives", { max: 1_000, default: 60 });
  const seed = read.finite("seed", { min: -Number.MAX_VALUE, default: 1 });
  const names = (read.raw("names") ?? sides.map(({ policy }) => policy.name)) as Names;
  read.end();
  if (!Array.isArray(exits) || exits.length === 0) {
    throw new PolicyOptionsError("diff", "exits", "a list of at least one exit", exits);
  }
  const found = search({ sides, same }, { exits, runs, maxLives, seed });
  if (!found) return null;
  return {
    trace: found.rows,
    lives: found.lives.map(({ uptimeMs, exit }) => ({ uptimeMs, exit })),
    table: tableOf(found.rows, names),
  };
}
