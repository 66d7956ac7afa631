// The JSON schema of a document, draft 7, which most editors know. `schema.json` of the package is written
// from it by the tests. It accepts exactly what `policyFrom` accepts. A schema cannot say how deep
// and how large a document may be, nor that Nomad's `attempts` delays must fit into its interval: that is all
// it leaves out.

import { kinds } from "../kinds.js";
import { BACKOFF, LIMIT, TYPES } from "../short-form.js";
import { durations } from "./durations.js";
import { definition, list, object, type Schema, word } from "./fragments.js";
import { curveOptions, jitterOptions, keyedOptions, kindOptions } from "./kind-options.js";
import { optionsSchema } from "./options-table.js";
import { presetOptions } from "./preset-options.js";

type Table = Parameters<typeof optionsSchema>[0];

const DRAFT = "http://json-schema.org/draft-07/schema#";
const text: Schema = { type: "string" };

/** An object that is named by one field, with options. */
function byName(field: string, name: string, table: Table, others: Table["properties"] = {}) {
  const required = [field, ...((table.required?.length ?? 0) > 0 ? ["options"] : [])];
  const members = "members" in others ? ["members"] : [];
  const properties = { [field]: { const: name }, options: optionsSchema(table), ...others };
  return object(properties as { readonly [name: string]: Schema }, [...required, ...members]);
}

const forEditors = { $schema: text };

function members(count: number | null): { readonly members?: Schema } {
  if (count === 0) return {};
  const policies = list(definition("policy"), count ?? 0);
  return { members: count === null ? policies : { ...policies, maxItems: count } };
}

function kind(name: string, table: object): Schema {
  const row = kinds[name as keyof typeof kinds];
  const count = typeof row === "string" ? 1 : row.members;
  return byName("kind", name, table as Table, { ...members(count), ...forEditors });
}

const parts = (tables: { readonly [name: string]: object }): Schema => ({
  anyOf: Object.entries(tables).map(([name, table]) => byName("kind", name, table as Table)),
});

function each(tables: object, schemaOf: (name: string, table: object) => Schema) {
  const entries = Object.entries(tables) as readonly (readonly [string, object])[];
  return Object.fromEntries(entries.map(([name, table]) => [name, schemaOf(name, table)]));
}

const byKind = each(kindOptions, kind);
const byPreset = each(presetOptions, (name, table) =>
  byName("preset", name, table as Table, forEditors),
);
const anyDefinition = (schemas: object): Schema => ({
  anyOf: Object.keys(schemas).map(definition),
});

export const schema: Schema = {
  $schema: DRAFT,
  $id: "urn:steadfast:spec:policy:1",
  title: "A Steadfast restart policy",
  description: "What policyFrom of @steadfast/spec reads.",
  allOf: [definition("policy")],
  definitions: {
    policy: { anyOf: ["shortForm", "kind", "preset"].map(definition) },
    shortForm: {
      description: "A limit (10/10m), a backoff (200ms..30s) or a restart type (on-failure).",
      anyOf: [
        { ...text, pattern: LIMIT },
        { ...text, pattern: BACKOFF },
        word(...Object.keys(TYPES)),
      ],
    },
    kind: anyDefinition(byKind),
    preset: anyDefinition(byPreset),
    keyed: kind("keyed", keyedOptions),
    curve: parts(curveOptions),
    jitter: parts(jitterOptions),
    ...durations,
    ...byKind,
    ...byPreset,
  },
};
