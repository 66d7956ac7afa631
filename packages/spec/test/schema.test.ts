// The schema accepts exactly what the functions accept, over documents drawn from the schema, and the same
// with one part changed.

import type { Json } from "@steadfast/policy";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPolicySpecError, keyedFrom, policyFrom } from "../src/index.js";
import { schema } from "../src/schema/schema.js";
import { EDGES } from "./edges.js";
import { accepts, isBeyond, type Schema, sample } from "./sampler.js";
import { JUNK, spoiled } from "./spoil.js";

/** So many documents per run of a property. */
const PER_RUN = 30;
const keyedSchema = (schema.definitions as { readonly keyed: Schema }).keyed;

type Parts = { readonly [name: string]: Schema };

/** What every option that may not be left out takes, but for a restart type. */
const NEEDED = 1;

/** Whether a document is read; null where it is refused for what no schema can say. */
function isRead(read: (json: Json) => unknown, json: Json): boolean | null {
  try {
    read(json);
    return true;
  } catch (error) {
    if (isPolicySpecError(error)) return isBeyond(error) ? null : false;
    throw error;
  }
}

function agreeOn(documents: fc.Arbitrary<Json>, of: Schema, read: (json: Json) => unknown) {
  const counts = { good: 0, bad: 0 };
  fc.assert(
    fc.property(fc.array(documents, { minLength: PER_RUN, maxLength: PER_RUN }), (all) => {
      for (const json of all) {
        const good = accepts(of, json);
        const isGood = isRead(read, json);
        if (isGood === null) continue;
        counts[good ? "good" : "bad"]++;
        if (isGood !== good) {
          throw new Error(`${good ? "good" : "bad"} for the schema only: ${JSON.stringify(json)}`);
        }
      }
    }),
    { endOnFailure: true }, // the first document that is read wrongly says enough
  );
  return counts;
}

describe("the schema and policyFrom agree", () => {
  const documents = sample(schema, 2, { texts: true });

  it("on good documents", () => {
    const { good, bad } = agreeOn(documents, schema, policyFrom);
    expect(bad).toBe(0);
    expect(good).toBeGreaterThan(1_000);
  });

  it("on documents with one part changed", () => {
    const { good, bad } = agreeOn(spoiled(documents), schema, policyFrom);
    expect(bad).toBeGreaterThan(1_000);
    expect(good).toBeGreaterThan(100);
  });

  it("on small documents with one part changed", () => {
    const { bad } = agreeOn(spoiled(sample(schema, 0, { texts: true })), schema, policyFrom);
    expect(bad).toBeGreaterThan(1_000);
  });
});

describe("the schema and policyFrom agree on every option, alone, with values at the edges", () => {
  const named = Object.entries(schema.definitions as { readonly [name: string]: Schema }).flatMap(
    ([name, { properties }]) =>
      name === "keyed" || properties === undefined ? [] : [[name, properties as Parts] as const],
  );

  it.each(named)("%s", (_, { kind, preset, options, members }) => {
    const fields = {
      ...(kind && { kind: kind.const }),
      ...(preset && { preset: preset.const }),
      ...(members && { members: ["1/1s", "1s..2s"].slice(0, Number(members.maxItems ?? 2)) }),
    };
    const { properties, required = [] } = options as Schema;
    const needed = Object.fromEntries((required as string[]).map((option) => [option, NEEDED]));
    for (const option of Object.keys(properties as Parts)) {
      for (const value of [...JUNK, ...EDGES]) {
        const json = { ...fields, options: { ...needed, [option]: value } } as Json;
        const good = accepts(schema, json);
        expect([json, isRead(policyFrom, json) ?? good]).toEqual([json, good]);
      }
    }
  });
});

it("the schema and keyedFrom agree", () => {
  const documents = sample(keyedSchema, 1, { texts: true });
  expect(agreeOn(documents, keyedSchema, keyedFrom).bad).toBe(0);
  expect(agreeOn(spoiled(documents), keyedSchema, keyedFrom).bad).toBeGreaterThan(1_000);
});

describe("schema.json", () => {
  it("is what src/schema says; vitest run -u writes it", async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../schema.json");
  });

  it("is a schema of draft 7, in the strict words of a validator", () => {
    const strict = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
    expect(strict.validateSchema(schema)).toBe(true);
    expect(schema.$id).toBe("urn:steadfast:spec:policy:1");
  });
});
