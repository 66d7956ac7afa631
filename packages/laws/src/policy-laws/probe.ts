// Looks at what a policy does in a few hundred scripts, always the same ones: which cases it ever comes
// to, how often, and by which short scripts. Laws that need a rare case begin with one of those.

import type { RestartPolicy } from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";
import type { Meets } from "./meets.js";
import { type RestartScript, type Scale, scripts } from "./script.js";
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

  function all(): Map<RestartScript, readonly Moment[]> {
    if (told.size > 0) return told;
    for (const script of fc.sample(scripts(scale), { seed: SEED, numRuns: PROBED })) {
      told.set(script, tellAsFarAsItGoes(policy, script));
    }
    return told;
  }

  function leads(script: RestartScript, meets: Meets): boolean {
    const moments = tellAsFarAsItGoes(policy, script);
    const last = moments.at(-1);
    return moments.length === script.length && last !== undefined && meets.at(last);
  }

  /** Leaves out what can be left out. */
  function shortened(script: RestartScript, meets: Meets): RestartScript {
    let kept = script;
    for (let i = script.length - 2; i > 0; i--) {
      const without = [...kept.slice(0, i), ...kept.slice(i + 1)];
      if (leads(without, meets)) kept = without;
    }
    return kept;
  }

  function find(meets: Meets): Finding {
    const known = found.get(meets);
    if (known) return known;
    let met = 0;
    const ways: RestartScript[] = [];
    for (const [script, moments] of all()) {
      const first = moments.findIndex(meets.at);
      if (first < 0) continue;
      met++;
      const way = script.slice(0, first + 1);
      if (ways.length < KEPT) ways.push(shortened(way, meets));
    }
    const finding = { share: met / PROBED, ways };
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
