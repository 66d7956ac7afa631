// One policy of a document: a short text, a kind, or a preset.

import { didYouMean, type Json, type RestartPolicy } from "@steadfast/policy";
import type { Preset } from "@steadfast/presets";
import { onlyFields } from "./fields.js";
import { heldKinds, kinds } from "./kinds.js";
import { make, optionsAt } from "./options.js";
import { isObject } from "./plain.js";
import { join, LEFT_OUT, PolicySpecError, wrong } from "./policy-spec-error.js";
import { PREDICATES, presetNames, presets } from "./presets.js";
import { longForm, SHORT_FORMS, TYPES } from "./short-form.js";

interface Node {
  readonly [field: string]: Json;
}

const A_POLICY = `an object with a kind or a preset, or a short form (${SHORT_FORMS})`;

const A_LIST = 'did you mean { "kind": "allOf", "members": [...] }?';

/** The policy at `path`. */
export function policyAt(value: Json | undefined, path: string): RestartPolicy {
  const node = typeof value === "string" ? spelledOut(value, path) : value;
  if (Array.isArray(node)) throw wrong(path, A_POLICY, value, A_LIST);
  if (!isObject(node)) throw wrong(path, A_POLICY, value);
  if (node.preset !== undefined) return presetAt(node, path).policy;
  if (node.kind !== undefined) return kindAt(node, path);
  throw wrong(path, A_POLICY, node, didYouMean(Object.keys(node)[0], ["kind", "preset"]));
}

function spelledOut(text: string, path: string): Node {
  const long = longForm(text);
  if (long !== null) return { ...long };
  throw wrong(path, A_POLICY, text, meant(text));
}

/** What a text that is no short form may have been meant to be. */
function meant(text: string): string {
  if (/^\s*[{["]/.test(text)) return "if it is JSON text, parse it first";
  return (
    meantAs("preset", text, presetNames()) ||
    meantAs("kind", text, heldKinds()) ||
    didYouMean(text, Object.keys(TYPES))
  );
}

/** The hint for a name that belongs in another field. */
function meantAs(
  field: "kind" | "preset",
  name: Json | undefined,
  names: readonly string[],
): string {
  if (typeof name !== "string" || !names.includes(name)) return "";
  return `did you mean { "${field}": "${name}" }?`;
}

/** The preset at `path`: its policy, and the options of a supervisor that belong to it. */
export function presetAt(node: Node, path: string): Preset {
  onlyFields(node, ["preset", "options", "$schema"], path);
  schemaAt(node, path);
  const { preset } = node;
  const place = join(path, "options");
  const options = optionsAt(node.options, place);
  if (typeof preset !== "string" || !Object.hasOwn(presets, preset)) {
    const hint = meantAs("kind", preset, heldKinds()) || didYouMean(preset, presetNames());
    throw wrong(join(path, "preset"), `one of ${presetNames().join(", ")}`, preset, hint);
  }
  const predicate = PREDICATES.find((option) => options[option] !== undefined);
  if (predicate !== undefined) {
    throw wrong(
      join(place, predicate),
      "given in code: JSON holds no function",
      options[predicate],
    );
  }
  return make(place, options, presets[preset as keyof typeof presets]);
}

function kindAt(node: Node, path: string): RestartPolicy {
  onlyFields(node, ["kind", "options", "members", "$schema"], path);
  schemaAt(node, path);
  const { kind } = node;
  const row = typeof kind === "string" && Object.hasOwn(kinds, kind) ? rowOf(kind) : undefined;
  if (typeof row !== "object") {
    const hint = meantAs("preset", kind, presetNames()) || didYouMean(kind, heldKinds());
    throw wrong(join(path, "kind"), `one of ${heldKinds().join(", ")}`, kind, row ?? hint);
  }
  const place = join(path, "options");
  const options = optionsAt(node.options, place);
  return row.from(options, place, membersAt(node.members, join(path, "members"), row.members));
}

function rowOf(kind: string) {
  return kinds[kind as keyof typeof kinds];
}

/** The members at `path`: so many of them, or any number. */
export function membersAt(value: Json | undefined, path: string, count: number | null) {
  if (count === 0 && value === undefined) return [];
  if (count === 0) throw wrong(path, LEFT_OUT, value, "only what is made of policies has members");
  const policies = count === 1 ? "policy" : "policies";
  const expected = `an array of ${count === null ? "" : `exactly ${count} `}${policies}`;
  if (!Array.isArray(value)) throw wrong(path, expected, value);
  if (count !== null && value.length !== count) {
    throw new PolicySpecError(path, expected, `${value.length}`);
  }
  return value.map((member: Json, i) => policyAt(member, `${path}[${i}]`));
}

/** `$schema` is for editors. */
export function schemaAt({ $schema }: Node, path: string): void {
  if ($schema === undefined || typeof $schema === "string") return;
  throw wrong(join(path, "$schema"), "the address of a schema, as text", $schema);
}
