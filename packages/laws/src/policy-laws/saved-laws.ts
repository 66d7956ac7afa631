// A state can be saved and read back: by the next process, at another time, by another set of options.

import { decisionFault, isPolicyStateError, type Millis } from "@steadfast/policy";
import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { aChange } from "./meets.js";
import { claimPlainJson } from "./pure-laws.js";
import { ask, EXITS, pick, type RestartScript } from "./script.js";
import { claimSameDecisions, type PolicyLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { bothTables, scriptTable } from "./table.js";
import { decisionsOf, endOf, tell, WALL } from "./tell.js";

/** What was told, and what is told after it. */
interface BeforeAndAfter {
  readonly before: RestartScript;
  readonly after: RestartScript;
}

const NO_PARSE = "it has no `parse`";
const SAVED = "a state that is not fresh";

const noParse = ({ policy }: PolicySubject) => typeof policy.parse !== "function";

export const saved = (state: unknown): unknown => JSON.parse(JSON.stringify(state)) as unknown;

const showBoth =
  ({ policy }: PolicySubject) =>
  ({ before, after }: BeforeAndAfter) =>
    bothTables(policy, before, "then", after);

const savedCases = (subject: PolicySubject) => (subject.comesTo(aChange) ? [SAVED] : []);

const survivesJson: PolicyLaw = {
  name: "survives-json",
  says: "a state that was written as JSON and read by `parse` decides like the state itself; read twice it is the same",
  trial(subject) {
    const { policy, probe, sequels } = subject;
    if (noParse(subject)) return NO_PARSE;
    return trial<BeforeAndAfter>({
      inputs: fc.record({ before: probe.scriptsTo(aChange), after: sequels }),
      cases: savedCases(subject),
      holds({ before, after }, reached) {
        const moments = tell(policy, before);
        const { now: at, state } = endOf(policy, moments);
        const read = policy.parse(saved(state), at);
        if (state !== policy.initial()) reached(SAVED);
        claimSame(policy.parse(saved(read), at), read, "read a second time");
        const kept = tell(policy, after, { at, state });
        const restored = tell(policy, after, { at, state: read });
        claimSameDecisions(
          decisionsOf(restored),
          decisionsOf(kept),
          "after it was read back it decided",
        );
      },
      show: showBoth(subject),
    });
  },
};

const parsePullsBack: PolicyLaw = {
  name: "parse-pulls-back",
  says: "`parse` pulls instants later than its `now` back to it: a state from a clock that was ahead is forgotten in as much time as any other",
  trial(subject) {
    const { policy, probe, sequels, longestMs, multipleMs, beyond } = subject;
    if (noParse(subject)) return NO_PARSE;
    if (beyond !== null) return beyond;
    const rounded = (ms: Millis) => Math.ceil(Math.min(ms, 2 ** 49) / multipleMs) * multipleMs;
    const silenceMs = rounded(64 * longestMs);
    return trial<BeforeAndAfter>({
      inputs: fc.record({ before: probe.scriptsTo(aChange), after: sequels }),
      cases: savedCases(subject),
      holds({ before, after }, reached) {
        const moments = tell(policy, before);
        const { now: at, state } = endOf(policy, moments);
        const earlier = at - 4 * silenceMs;
        const pulled = policy.parse(saved(state), earlier);
        if (state !== policy.initial()) reached(SAVED);
        const wall = WALL + at + silenceMs;
        const kept = tell(policy, after, { at: at + silenceMs, wall, state });
        const early = tell(policy, after, { at: earlier + silenceMs, wall, state: pulled });
        claimSameDecisions(
          decisionsOf(early),
          decisionsOf(kept),
          "after a long silence it decided",
        );
      },
      show: showBoth(subject),
    });
  },
};

interface Spoilt {
  readonly script: RestartScript;
  /** Which part of the state is replaced, counted round; 0 is the state itself. */
  readonly part: number;
  readonly junk: unknown;
}

const JUNK: readonly unknown[] = [
  null,
  [],
  {},
  "x",
  "",
  true,
  -1,
  0.5,
  5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_SAFE_INTEGER,
  [[]],
  { x: 1 },
];

/** What is asked of a state that `parse` accepted. */
const TRIED: RestartScript = [
  ask(0, 0.5),
  { gapMs: 5, event: { type: "exited", exit: pick(EXITS, 0), failed: true, uptimeMs: 5 } },
  ask(0, 0.5),
  { gapMs: 5, event: { type: "healthy" } },
  ask(1_000, 0),
  { gapMs: 0, event: { type: "reset" } },
  ask(0, 0.5),
];

const parseRejectsJunk: PolicyLaw = {
  name: "parse-rejects-junk",
  says: "what `parse` cannot accept is a PolicyStateError with a path, and what it accepts is a state that works",
  trial(subject) {
    const { policy, probe } = subject;
    if (noParse(subject)) return NO_PARSE;
    return trial<Spoilt>({
      inputs: fc.record({
        script: probe.scriptsTo(aChange),
        part: fc.nat(30),
        junk: fc.constantFrom(...JUNK),
      }),
      holds({ script, part, junk }) {
        const { now, state } = endOf(policy, tell(policy, script));
        const parts = partsOf(state);
        const spoilt = replaced(saved(state), pick(parts, part), junk);
        let accepted: unknown;
        try {
          accepted = policy.parse(spoilt, now);
        } catch (error) {
          claim(
            isPolicyStateError(error) && typeof error.path === "string",
            () =>
              `parse(${show(spoilt)}) threw ${String(error)}, not a PolicyStateError with a path`,
          );
          return;
        }
        claimPlainJson(accepted, "the state that `parse` made");
        for (const { event, decision } of tell(policy, TRIED, { at: now, state: accepted })) {
          const fault = decisionFault(event, decision);
          claim(fault === null, () => `parse accepted ${show(spoilt)}; then ${fault}`);
        }
      },
      show: ({ script, part, junk }) =>
        `${scriptTable(policy, script)}\n  then part ${part} of the state became ${show(junk)}`,
    });
  },
};

type Path = readonly (string | number)[];

function partsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return [path, ...keys.flatMap((key) => partsOf((value as Parts)[key], [...path, key]))];
}

type Parts = { readonly [key: string | number]: unknown };

function replaced(value: unknown, [key, ...rest]: Path, junk: unknown): unknown {
  if (key === undefined) return junk;
  if (Array.isArray(value)) {
    return value.map((part, i) => (i === key ? replaced(part, rest, junk) : part));
  }
  return { ...(value as Parts), [key]: replaced((value as Parts)[key], rest, junk) };
}

interface Foreign extends BeforeAndAfter {
  /** Whose state it is: a name of `variants`. */
  readonly option: string;
}

const stateOfOtherOptions: PolicyLaw = {
  name: "state-of-other-options",
  says: "a state that was written under other options is accepted, by `parse` and by `step`",
  trial(subject) {
    const { policy, variants, probe, sequels } = subject;
    const names = Object.keys(variants);
    if (names.length === 0) return "no `variants` were given";
    return trial<Foreign>({
      inputs: fc.record({
        option: fc.constantFrom(...names),
        before: probe.scriptsTo(aChange),
        after: sequels,
      }),
      cases: savedCases(subject),
      holds({ option, before, after }, reached) {
        const variant = variants[option] ?? policy;
        const moments = tell(variant, before);
        const { now: at, state } = endOf(variant, moments);
        if (state !== variant.initial()) reached(SAVED);
        const states = noParse(subject) ? [state] : [state, policy.parse(saved(state), at)];
        for (const foreign of states) {
          for (const { event, decision } of tell(policy, after, { at, state: foreign })) {
            const fault = decisionFault(event, decision);
            claim(fault === null, () => `from ${show(foreign)}: ${fault}`);
          }
        }
      },
      show: showBoth(subject),
    });
  },
};

const describesItself: PolicyLaw = {
  name: "describes-itself",
  says: "`describe` is plain JSON: a kind, the options in force, and whole durations of at least 0",
  trial({ policy, describe }) {
    if (describe === undefined) return "it has no `describe`";
    return trial<null>({
      inputs: fc.constant(null),
      holds() {
        claimPlainJson(describe, "`describe`");
        const { kind, options, timesMs, limit = 0, windowMs = 0, capMs = 0 } = describe;
        claim(typeof policy.name === "string", () => `name is ${show(policy.name)}`);
        claim(typeof kind === "string", () => `kind is ${show(kind)}`);
        claim(typeof options === "object", () => `options are ${show(options)}`);
        claim(Array.isArray(timesMs), () => `timesMs is ${show(timesMs)}`);
        for (const ms of [...timesMs, windowMs, capMs, limit]) {
          const whole = Number.isSafeInteger(ms) && ms >= 0;
          claim(whole, () => `timesMs, windowMs, capMs and limit are whole, got ${show(ms)}`);
        }
      },
      show: () => `  ${show(describe)}`,
    });
  },
};

export const savedLaws: readonly PolicyLaw[] = [
  survivesJson,
  parsePullsBack,
  parseRejectsJunk,
  stateOfOtherOptions,
  describesItself,
];
