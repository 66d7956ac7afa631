// A document with one thing changed at a random place: mostly bad now, sometimes still good.

import type { Json } from "@steadfast/policy";
import fc from "fast-check";

type Path = readonly (string | number)[];

/** The places of all parts, that of the whole included. */
function placesOf(value: Json, place: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [place];
  return [
    place,
    ...Object.entries(value).flatMap(([key, part]) =>
      placesOf(part as Json, [...place, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** A copy in which `change` was done to the part at `place`. */
function changed(value: Json, place: Path, change: (part: Json) => Json): Json {
  const [key, ...rest] = place;
  if (key === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    Json
  >;
  copy[key] = changed(copy[key] as Json, rest, change);
  return copy as Json;
}

export const JUNK: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  2 ** 53,
  2 ** 53 - 1,
  1e300,
  "",
  "5",
  "5s",
  "0s",
  "1500ms",
  "none",
  "always",
  "10/10m",
  "3/1m restarts ",
  "1s..2s",
  "1s..2s x0.5",
  [],
  [1],
  [1, 2],
  {},
  { kind: "stopWhen" },
  { kind: "keyed", options: { maxKeys: 1 }, members: ["1/1s"] },
  { between: [1, 1] },
  { toString: 1, valueOf: 1 },
  { kind: "table", options: { delaysMs: [] } },
];

const NAMES = ["kind", "preset", "options", "members", "limit", "curve", "$schema", "x", "capMs"];

function isParts(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is done to one part. */
type Change = (part: Json) => Json;

const changes = fc.oneof<fc.MaybeWeightedArbitrary<Change>[]>(
  { weight: 3, arbitrary: fc.constantFrom(...JUNK).map((junk) => () => junk) },
  fc
    .constantFrom(-1, 1, 0.5)
    .map((by) => (part: Json) => (typeof part === "number" ? part + by : part)),
  fc.nat(9).map((n) => (part: Json) => without(part, n)),
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...JUNK)).map(
    ([name, junk]) =>
      (part: Json) =>
        isParts(part) ? { ...part, [name]: junk } : part,
  ),
  fc.tuple(fc.nat(9), fc.constantFrom(" ", "0", "9", "s", "m", "x", "-")).map(
    ([at, letter]) =>
      (part: Json) =>
        typeof part === "string" ? part.slice(0, at) + letter + part.slice(at) : part,
  ),
  fc.constant((part: Json) => (Array.isArray(part) ? [...part, ...part.slice(0, 1)] : part)),
);

/** Without one of its properties, or of its entries. */
function without(part: Json, n: number): Json {
  if (Array.isArray(part)) return part.filter((_, i) => i !== n % part.length);
  if (!isParts(part)) return part;
  const keys = Object.keys(part);
  const { [keys[n % Math.max(1, keys.length)] ?? ""]: _, ...rest } = part;
  return rest;
}

/** `documents`, each with one part changed. */
export function spoiled(documents: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.tuple(documents, fc.nat(), changes).map(([document, place, change]) => {
    const places = placesOf(document);
    return changed(document, places[place % places.length] as Path, change);
  });
}
