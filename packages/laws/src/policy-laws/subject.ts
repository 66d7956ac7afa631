// What the laws are about: a policy, with what is known about it.

import type { Millis, PolicyDescription, RestartPolicy } from "@steadfast/policy";
import type { Arbitrary } from "fast-check";
import {
  allTogetherMs,
  commonMultiple,
  countsOf,
  descriptionsIn,
  durationsOf,
  LONGEST_MS,
  unitsIn,
} from "./durations.js";
import type { Meets } from "./meets.js";
import type { PolicyCheckOptions } from "./options.js";
import { type Probe, probe } from "./probe.js";
import type { RestartScript, Scale } from "./script.js";
import { longScripts, scripts, sequels } from "./some-script.js";

export interface PolicySubject extends Scale {
  readonly policy: RestartPolicy;
  /** Missing where a JavaScript user left it out. */
  readonly describe: PolicyDescription | undefined;
  readonly variants: { readonly [option: string]: RestartPolicy };
  /** Makes the same policy once more. */
  readonly make: (() => RestartPolicy) | undefined;
  readonly scaled: ((factor: number) => RestartPolicy) | undefined;
  readonly longestMs: Millis;
  /** Longer than every duration, and than all of them one after the other. */
  readonly silenceMs: Millis;
  /** A multiple of every duration, so that a coarse clock rounds alike. */
  readonly multipleMs: Millis;
  /** By so much a coarse clock may shorten a delay. */
  readonly roundedMs: Millis;
  /** Why laws about all durations cannot be tried, or null: one of them is out of reach. */
  readonly beyond: string | null;
  readonly probe: Probe;
  /** Scripts of this policy's scale. */
  readonly scripts: Arbitrary<RestartScript>;
  /** Long stories, which are played whatever the seed. */
  readonly longScripts: readonly RestartScript[];
  /** The same, to play after something else. */
  readonly sequels: Arbitrary<RestartScript>;
  /** Whether it is, or is made of, a policy of that kind. */
  isMadeOf(kind: string): boolean;
  /** Whether it ever comes to such a case. */
  comesTo(meets: Meets): boolean;
}

export function policySubject(policy: RestartPolicy, options: PolicyCheckOptions): PolicySubject {
  const describe = policy.describe as PolicyDescription | undefined;
  const times = durationsOf(describe, options.timesMs ?? []);
  const scale = { times, counts: countsOf(describe) };
  const all = descriptionsIn(describe);
  const kinds = all.map(({ kind }) => kind);
  const farthest = Math.max(0, ...all.flatMap(({ timesMs = [] }) => timesMs));
  const looked = probe(policy, scale);
  return {
    ...scale,
    policy,
    describe,
    variants: options.variants ?? {},
    make: options.make,
    scaled: options.scaled,
    longestMs: times.at(-1) ?? 0,
    silenceMs: Math.max(allTogetherMs(describe, options.timesMs ?? []), times.at(-1) ?? 0) + 1,
    multipleMs: commonMultiple(times),
    roundedMs: unitsIn(describe).reduce((sum, ms) => sum + ms, 0),
    beyond: farthest > LONGEST_MS ? `${farthest} ms is beyond the reach of a script` : null,
    probe: looked,
    scripts: scripts(scale),
    longScripts: longScripts(scale),
    sequels: sequels(scale),
    isMadeOf: (kind) => kinds.includes(kind),
    comesTo: (meets) => looked.find(meets).share > 0,
  };
}
