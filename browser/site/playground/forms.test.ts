// Forms and code for everything that JSON can hold: what begins in a form is a policy, and its code makes the same policy.

import * as backoffs from "@steadfast/backoff";
import * as budgets from "@steadfast/crash-budget";
import * as policies from "@steadfast/policy";
import * as windows from "@steadfast/sliding-window";
import { policyFrom, presetFrom, toJson } from "@steadfast/spec";
import { expect, it } from "vitest";
import { begun, begunPart, choiceOf } from "../../../site/playground/model/begun.ts";
import { codeOf } from "../../../site/playground/model/code.ts";
import {
  retyped,
  withMember,
  withOption,
  withSwapped,
  wrapped,
} from "../../../site/playground/model/edit.ts";
import { EXAMPLES } from "../../../site/playground/model/examples.ts";
import { type Field, KINDS, PRESETS, type Shape } from "../../../site/playground/model/fields.ts";
import { policyIn } from "../../../site/playground/model/policy-in.ts";
import type { PolicyDocument } from "../../../site/playground/model/scene.ts";
import { typedText, typedValue } from "../../../site/playground/model/typed.ts";
import { usualOf } from "../../../site/playground/model/usual.ts";

const CHOICES = ["short", ...KINDS.keys(), ...[...PRESETS.keys()].map((name) => `preset:${name}`)];
const jitter = KINDS.get("backoff")?.fields.find(({ name }) => name === "jitter")?.shape;
const curve = KINDS.get("backoff")?.fields.find(({ name }) => name === "curve")?.shape;
const partsOf = (shape?: Shape) => (shape?.type === "kinds" ? shape.kinds : []);

const PARTS: readonly PolicyDocument[] = [
  ...partsOf(curve).map((form) => ({ kind: "backoff", options: { curve: begunPart(form) } })),
  ...partsOf(jitter).map((form) => ({ kind: "backoff", options: { jitter: begunPart(form) } })),
  { kind: "decayingBudget", options: { onTrip: "delay", jitter: { between: [2, 1] } } },
];
const ALL: readonly PolicyDocument[] = [
  ...CHOICES.map(begun),
  ...PARTS,
  ...EXAMPLES.flatMap(({ a, b = a }) => [a, b]),
  "10/10m failures",
  "200ms..30s x1.5 equal",
  "on-failure",
];

it("has a form for every kind, preset, curve and jitter of the schema", () => {
  expect(KINDS.size).toBe(12);
  expect(PRESETS.size).toBe(30);
  expect([...partsOf(curve), ...partsOf(jitter)].map(({ name }) => name)).toEqual([
    "constant",
    "exponential",
    "linear",
    "steps",
    "table",
    "decorrelated",
    "proportional",
  ]);
});

it("only two options are written as JSON", () => {
  const fieldsIn = (where: string, fields: readonly Field[]): string[] =>
    fields.flatMap(({ name, shape }) => (shape.type === "json" ? [`${where}.${name}`] : []));
  const all = [...KINDS, ...PRESETS].flatMap(([name, { fields }]) => fieldsIn(name, fields));
  expect(all).toEqual(["kubernetes.restartPolicyRules", "launchd.keepAlive"]);
});

it.each(CHOICES)("begins as a policy, and is found again: %s", (choice) => {
  const document = begun(choice);
  expect(policyIn(document).fault).toBe(null);
  expect(choiceOf(document)).toBe(choice);
});

it("what is chosen for what it is stays as it is; what is made of policies keeps them", () => {
  const limit = { kind: "slidingWindow", options: { limit: 1, windowMs: 2 } };
  expect(retyped(limit, "slidingWindow")).toBe(limit);
  expect(retyped(limit, "giveUp")).toEqual({ kind: "giveUp", members: [limit] });
  const both = { kind: "allOf", members: [limit, "always"] };
  expect(retyped(both, "inTurn")).toEqual({ kind: "inTurn", members: [limit, "always"] });
  expect(retyped(both, "coarse")).toEqual({
    kind: "coarse",
    options: { unitMs: "1s" },
    members: [limit],
  });
  expect(wrapped(both, "giveUp")).toEqual({ kind: "giveUp", members: [both] });
  expect(withSwapped(both, 1, 0)).toEqual({ kind: "allOf", members: ["always", limit] });
  expect(withMember(both, "never")).toEqual({ kind: "allOf", members: [limit, "always", "never"] });
});

it("sets an option where it stands, and leaves an empty object out", () => {
  const limit = { kind: "slidingWindow", options: { limit: 1, windowMs: 2 } };
  const options = (value: number | undefined, name: string) => withOption(limit, [name], value);
  expect(JSON.stringify(options(7, "limit"))).toBe(
    '{"kind":"slidingWindow","options":{"limit":7,"windowMs":2}}',
  );
  expect(withOption({ kind: "backoff", options: { factor: 2 } }, ["factor"], undefined)).toEqual({
    kind: "backoff",
  });
});

it.each([
  ["", undefined],
  ["10s", "10s"],
  ["250", 250],
  ["1.", "1."],
  ["null", null],
  ["-1", -1],
  ["1e3", 1_000],
])("typed into a field of milliseconds, %j is %j", (text, value) => {
  const shape = KINDS.get("slidingWindow")?.fields.find(({ name }) => name === "windowMs")?.shape;
  expect(typedValue(shape as Shape, text)).toBe(value);
  expect(typedText(shape as Shape, value)).toBe(text === "1e3" ? "1000" : text);
});

it("lists have commas", () => {
  const table = partsOf(curve).find(({ name }) => name === "table")?.fields[0]?.shape as Shape;
  expect(typedValue(table, "1s, 5000,30s")).toEqual(["1s", 5_000, "30s"]);
  expect(typedText(table, ["1s", 5_000])).toBe("1s, 5000");
});

it("knows what holds for what is left out, of a wrong document that of a fresh one", () => {
  expect(usualOf({ kind: "backoff", options: { initialMs: 5 } })).toMatchObject({
    initialMs: 5,
    factor: 2,
    jitter: "full",
  });
  expect(usualOf({ kind: "backoff", options: { initialMs: -5 } })).toMatchObject({ factor: 2 });
});

const MODULES: { readonly [name: string]: object } = {
  "@steadfast/backoff": backoffs,
  "@steadfast/crash-budget": budgets,
  "@steadfast/policy": policies,
  "@steadfast/sliding-window": windows,
};

/** The presets by name, as their package has them. */
const preset = (name: string) => (options?: object) =>
  presetFrom({ preset: name, ...(options && { options }) });

/** Runs the code with the real factories. */
function run(code: string): policies.RestartPolicy {
  const names: string[] = [];
  const values: unknown[] = [];
  for (const [, list = "", pack = ""] of code.matchAll(/^import \{ (.*) \} from "(.*)";$/gm)) {
    for (const name of list.split(", ")) {
      const made = (MODULES[pack] as { [name: string]: unknown } | undefined)?.[name];
      names.push(name);
      values.push(pack === "@steadfast/presets" ? preset(name) : made);
    }
  }
  const body = code.replaceAll(/^import .*$/gm, "");
  return new Function(...names, `${body} return policy;`)(...values) as policies.RestartPolicy;
}

it.each(ALL.map((document) => [JSON.stringify(document), document] as const))(
  "its code makes the same policy: %s",
  (_, document) => {
    expect(toJson(run(codeOf(document)))).toEqual(toJson(policyFrom(document)));
  },
);
