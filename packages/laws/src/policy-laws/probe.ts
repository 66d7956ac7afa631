// Looks at what a policy does in a few hundred scripts, always the same ones: which cases it ever comes
// to, how often, and by which short scripts. Laws that need a rare case begin with one of those.

import type { RestartPolicy } from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";
import type { Meets } from "./meets.js";
import { linesIn, type RestartScript, type Scale } from "./script.js";
import { scripts } from "./some-script.js";
import { type Moment, tellAsFarAsItGoes } from "./tell.js";

const SEED = 19_410_622;
export const PROBED = 200;
/** As many short scripts are kept that lead to a case. */
const KEPT = 6;
const COMMON = 0.3;

export interface Finding {
  /** The share of scripts that came to the case. */
  readonly share: number;
  /** Short scripts whose last event is such a case. */
  readonly ways: readonly RestartScript[];
}

export interface Probe {
  find(meets: Meets): Finding;
  /** Scripts that often come to the case, if the policy ever does. */
  scriptsTo(meets: Meets): Arbitrary<RestartScript>;
  /** Scripts that often end with the case. */
  scriptsEndingIn(meets: Meets): Arbitrary<RestartScript>;
}

export function probe(policy: RestartPolicy, scale: Scale): Probe {
  const told = new Map<RestartScript, readonly Moment[]>();
  const found = new Map<Meets, Finding>();

  function find(meets: Meets): Finding {
    if (told.size === 0) tellAll(policy, scale, told);
    const finding = found.get(meets) ?? look(policy, meets, told);
    found.set(meets, finding);
    return finding;
  }

  return {
    find,
    scriptsTo(meets) {
      const plain = scripts(scale);
      const { share, ways } = find(meets);
      if (ways.length === 0 || share >= COMMON) return plain;
      const rest = fc.oneof(fc.constant([]), scripts(scale, { start: false, maxParts: 4 }));
      const way = fc.constantFrom(...ways);
      return fc.oneof(
        plain,
        fc.tuple(way, rest).map(([before, after]) => [...before, ...after]),
      );
    },
    scriptsEndingIn(meets) {
      const { ways } = find(meets);
      const plain = scripts(scale);
      return ways.length === 0 ? plain : fc.oneof(plain, fc.constantFrom(...ways));
    },
  };
}

function tellAll(
  policy: RestartPolicy,
  scale: Scale,
  told: Map<RestartScript, readonly Moment[]>,
): void {
  for (const script of fc.sample(scripts(scale), { seed: SEED, numRuns: PROBED })) {
    told.set(script, tellAsFarAsItGoes(policy, script));
  }
}

function look(
  policy: RestartPolicy,
  meets: Meets,
  told: ReadonlyMap<RestartScript, readonly Moment[]>,
): Finding {
  let met = 0;
  const ways: RestartScript[] = [];
  for (const [script, moments] of told) {
    const first = moments.findIndex(meets.at);
    if (first < 0) continue;
    met++;
    if (ways.length < KEPT) ways.push(shortened(policy, upTo(script, first), meets));
  }
  return { share: met / PROBED, ways };
}

/** The script up to that line; a run that is cut off is as long as it came. */
function upTo(script: RestartScript, last: number): RestartScript {
  const cut: RestartScript[number][] = [];
  let left = last + 1;
  for (const item of script) {
    if (left <= 0) break;
    if ("event" in item) {
      cut.push(item);
      left--;
      continue;
    }
    const { times, lines } = item;
    const whole = Math.min(times, Math.floor(left / lines.length));
    if (whole > 0) cut.push({ times: whole, lines });
    left -= whole * lines.length;
    if (whole === times) continue;
    cut.push(...lines.slice(0, left));
    break;
  }
  return cut;
}

/** Leaves out what can be left out. */
function shortened(policy: RestartPolicy, script: RestartScript, meets: Meets): RestartScript {
  let kept = script;
  for (let i = script.length - 2; i > 0; i--) {
    const without = [...kept.slice(0, i), ...kept.slice(i + 1)];
    if (leads(policy, without, meets)) kept = without;
  }
  return kept;
}

function leads(policy: RestartPolicy, script: RestartScript, meets: Meets): boolean {
  const moments = tellAsFarAsItGoes(policy, script);
  const last = moments.at(-1);
  return moments.length === linesIn(script).length && last !== undefined && meets.at(last);
}
