// The published schema is what the shapes say, and accepts exactly what the reader accepts.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrongIn } from "../../src/config/check.js";
import { STACK } from "../../src/config/fields.js";
import { type Schema, stackSchema } from "../../src/config/schema.js";
import { sample, spoiled } from "./samples.js";

const spec = new URL(import.meta.resolve("@steadfast/spec/schema.json"));
const schema = stackSchema(JSON.parse(readFileSync(spec, "utf8")) as Schema);
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(
  schema,
);
const whole = { is: "record", fields: STACK } as const;

it("schema.json is what the shapes say (vitest run -u writes it)", async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../schema.json");
});

function agreeOn(documents: fc.Arbitrary<unknown>) {
  const counts = { good: 0, bad: 0 };
  fc.assert(
    fc.property(fc.array(documents, { minLength: 30, maxLength: 30 }), (all) => {
      for (const one of all) {
        const good = validate(one);
        counts[good ? "good" : "bad"]++;
        const wrong = wrongIn(whole, one);
        if ((wrong === null) === good) continue;
        throw new Error(
          `${wrong?.message ?? "read"}, ${good}: ${JSON.stringify(one)} ${JSON.stringify(validate.errors)}`,
        );
      }
    }),
    { endOnFailure: true },
  );
  return counts;
}

describe("the schema and the reader agree", () => {
  it("on good documents", () => {
    const { good, bad } = agreeOn(sample(whole));
    expect(bad).toBe(0);
    expect(good).toBeGreaterThan(2_000);
  });

  it("on good documents with one part changed", () => {
    const { good, bad } = agreeOn(spoiled(sample(whole)));
    expect(good).toBeGreaterThan(100);
    expect(bad).toBeGreaterThan(1_000);
  });

  it("on small documents with one part changed", () => {
    const command = fc.constantFrom<unknown>("node x", ["node", "x"]);
    const child = fc.record(
      { command, ready: fc.constant("port:80"), after: fc.constant(["web"]) },
      { requiredKeys: ["command"], noNullPrototype: true },
    );
    const small = fc.record(
      { children: fc.record({ web: child }, { noNullPrototype: true }) },
      { noNullPrototype: true },
    );
    const { good, bad } = agreeOn(spoiled(small));
    expect(good).toBeGreaterThan(100);
    expect(bad).toBeGreaterThan(500);
  });
});
