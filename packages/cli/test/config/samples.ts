// Values drawn from a shape, and the same with one part changed into something else.

import fc from "fast-check";
import { wrongIn } from "../../src/config/check.js";
import type { Shape } from "../../src/config/shape.js";

const DURATIONS = ["10s", "1h30m", "500ms", "0s", "10", "1.5s", "ten"];
const POLICIES = [
  "10/10m",
  "on-failure",
  { preset: "systemd" },
  { kind: "allOf", members: ["200ms..30s"] },
];
const TEXTS = [
  "web",
  "node server.mjs",
  "SIGTERM",
  "port:3000",
  "http:80/x",
  "line:up",
  " ",
  "",
  "a/b",
  "a=b",
];

/** What the shape allows, for the reader; whether the schema allows it, too, is what is tested. */
export function sample(shape: Shape): fc.Arbitrary<unknown> {
  const allowed = (one: unknown) => wrongIn(shape, one) === null;
  return ["text", "whole", "duration"].includes(shape.is)
    ? drawn(shape).filter(allowed)
    : drawn(shape);
}

function drawn(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.is) {
    case "text":
      return fc.constantFrom(...TEXTS);
    case "flag":
      return fc.boolean();
    case "whole":
      return fc.constantFrom(shape.min, 0, 1, shape.max, shape.max + 1, 0.5);
    case "duration":
      return fc.constantFrom<unknown>(...DURATIONS, 0, 1, 250, -1, 2 ** 53, null);
    case "word":
      return fc.constantFrom(...shape.words);
    case "policy":
      return fc.constantFrom<unknown>(...POLICIES);
    case "list":
      return fc.array(sample(shape.of), { minLength: shape.least ?? 0, maxLength: 2 });
    case "map":
      return fc.dictionary(fc.constantFrom("web", "db", "job", "A"), sample(shape.of), {
        minKeys: shape.least ?? 0,
        maxKeys: 2,
        noNullPrototype: true,
      });
    case "record": {
      const entries = Object.entries(shape.fields);
      const parts = Object.fromEntries(entries.map(([name, field]) => [name, sample(field.shape)]));
      const requiredKeys = entries.filter(([, { required }]) => required).map(([name]) => name);
      return fc.record(parts, { requiredKeys, noNullPrototype: true });
    }
    case "either":
      return fc.oneof(...shape.shapes.map(sample));
  }
}

const JUNK: readonly unknown[] = [
  null,
  true,
  7,
  -1,
  0.5,
  "",
  "x",
  [],
  ["a"],
  {},
  { a: 1 },
  "10/10",
];

/** A copy in which one part, somewhere, is something else, is gone, or is one too many. */
export function spoiled(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), fc.nat(), fc.constantFrom(...JUNK))
    .map(([value, where, how, junk]) => spoil(structuredClone(value), where, how, junk));
}

function spoil(value: unknown, where: number, how: number, junk: unknown): unknown {
  const places = placesIn(value);
  const place = places[where % Math.max(1, places.length)];
  if (!place) return junk;
  const { of, key } = place;
  if (how % 3 === 0) of[key] = junk;
  else if (how % 3 === 1 && !Array.isArray(of)) delete of[key];
  else if (!Array.isArray(of)) of[`${key}x`] = of[key];
  return value;
}

interface Spot {
  readonly of: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): Spot[] {
  if (typeof value !== "object" || value === null) return [];
  const of = value as Record<string, unknown>;
  return Object.keys(of).flatMap((key) => [{ of, key }, ...placesIn(of[key])]);
}
