// What `parse` is given may come from another version, or from a hostile hand.

import { decisionFault, isPolicyStateError } from "@steadfast/policy";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { shorterPart } from "../kernel/shorten.js";
import { aChange } from "./meets.js";
import { claimPlainJson } from "./pure-laws.js";
import { NO_PARSE, noParse, saved } from "./saved-laws.js";
import { ask, exited, pick, type RestartScript } from "./script.js";
import type { PolicyLaw } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import { scriptTable } from "./table.js";
import { endOf, tell } from "./tell.js";

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
  exited(5, 5),
  ask(0, 0.5),
  { gapMs: 5, event: { type: "healthy" } },
  ask(1_000, 0),
  { gapMs: 0, event: { type: "reset" } },
  ask(0, 0.5),
];

export const parseRejectsJunk: PolicyLaw = {
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
      shorter: (input) => shorterPart(input, "script", shorterScript),
      show({ script, part, junk }) {
        const { state } = endOf(policy, tell(policy, script));
        const path = pick(partsOf(state), part);
        const became = show(replaced(saved(state), path, junk));
        const what = path.length === 0 ? "the state" : `\`${pathText(path)}\` of the state`;
        return `${scriptTable(policy, script)}\n  then ${what} became ${show(junk)}: ${show(state)} became ${became}`;
      },
    });
  },
};

const pathText = (path: Path): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");

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
