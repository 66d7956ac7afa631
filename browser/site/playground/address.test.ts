// What is in a scene is in its address, and back; what is wrong in an address is named, and the rest holds.

import { durationFrom, durationText } from "@steadfast/spec";
import fc from "fast-check";
import { expect, it } from "vitest";
import { addressOf, sceneIn } from "../../../site/playground/model/address.ts";
import { documentText, readDocument } from "../../../site/playground/model/document.ts";
import { policyIn } from "../../../site/playground/model/policy-in.ts";
import { MARK_KINDS, MOST, type Scene, START } from "../../../site/playground/model/scene.ts";

const instant = (min: number) => fc.integer({ min, max: MOST.forMs });
const document = fc.oneof(
  fc.string({ maxLength: 30 }).map((text) => text.trim()),
  fc
    .jsonValue({ maxDepth: 4 })
    .filter((json) => typeof json === "object" && json !== null)
    .filter((json) => JSON.stringify(json).length < 1_000),
) as fc.Arbitrary<Scene["a"]>;
const scene: fc.Arbitrary<Scene> = fc.record({
  a: document,
  b: fc.option(document),
  marks: fc.array(fc.record({ at: instant(0), kind: fc.constantFrom(...MARK_KINDS) })),
  forMs: instant(1),
  healthyAfterMs: fc.option(instant(0)),
  seed: fc.nat(MOST.seed),
});

it("the address of a scene is read back as the scene, and ends no link in a text", () => {
  fc.assert(
    fc.property(scene, (one) => {
      const address = addressOf(one);
      fc.pre(address.length <= MOST.address);
      expect(address).toMatch(/^#[\w%.~!,:/=&-]+$/);
      // -0 and such are other texts of the same JSON.
      const expected = JSON.parse(JSON.stringify(one)) as Scene;
      expect(sceneIn(address)).toEqual({ scene: expected, faults: [] });
    }),
  );
});

it("durations are read back", () => {
  fc.assert(fc.property(instant(0), (ms) => durationFrom(durationText(ms)) === ms));
});

it.each(["", "#", "#what-a-mark-means"])("%j names no scene", (hash) => {
  expect(sceneIn(hash)).toBe(null);
});

it("what is left out is as at the start, but for B and the marks of a policy that is given", () => {
  expect(sceneIn("#seed=7")).toEqual({ scene: { ...START, seed: 7 }, faults: [] });
  expect(sceneIn("#at=")?.scene.marks).toEqual([]);
});

it.each([
  ["#a=%7B", '"a" (the policy A) must be JSON, or a short form such as 10/10m: '],
  ["#b=%zz", '"b" (the policy B) has a % that is no escape.'],
  [
    "#at=1s,two",
    '"at" (the instants) must be a duration such as 500ms or 1m30s, from 0s to 1000d, got "two".',
  ],
  [
    "#at=1s:cash",
    '"at" (the instants) has a kind that is none of crash, clean, reset: "cash" (did you mean crash?).',
  ],
  [
    "#for=0s",
    '"for" (the length of the line) must be a duration such as 500ms or 1m30s, from 1ms to 1000d, got "0s".',
  ],
  ["#for=1001d", '"for" (the length of the line) must be a duration'],
  ["#healthy=-1s", '"healthy" (the time until it is healthy) must be a duration'],
  [
    "#seed=4294967296",
    '"seed" (the seed) must be a whole number from 0 to 4294967295, got "4294967296".',
  ],
  ["#sed=1", '"sed" is unknown (did you mean seed?).'],
  ["#seed=1&seed=2", '"seed" stands there twice; the first holds.'],
])("%s: says what is wrong, and the rest holds", (hash, words) => {
  const { scene: read, faults = [] } = sceneIn(`${hash}&x=`) ?? {};
  expect(faults.some((fault) => fault.startsWith(words.replace(/\?\)\.$/, "")))).toBe(true);
  expect({ ...read, seed: 1 }).toEqual({
    ...START,
    marks: hash.startsWith("#at") ? [] : START.marks,
  });
});

it("bounds what a link may bring: its length, the marks, and how large and deep a document is", () => {
  const long = sceneIn(`#a=${"x".repeat(MOST.address)}`);
  expect(long).toEqual({
    scene: START,
    faults: [`The address must be at most 12000 characters long, got 12002.`],
  });
  const many = sceneIn(`#at=${Array.from({ length: MOST.marks + 1 }, () => "1s").join(",")}`);
  expect(many?.faults).toEqual(['"at" (the instants) must be at most 100 instants, got 101.']);
  expect(readDocument("x".repeat(MOST.document + 1)).fault).toMatch(/at most 4000 characters/);
  expect(readDocument("[".repeat(41) + "]".repeat(41)).fault).toMatch(/at most 40 levels/);
  expect(readDocument("[".repeat(40) + "]".repeat(40)).fault).toBe(null);
});

it("bounds how many policies are played, and how deep they stand", () => {
  const nested = (depth: number): Scene["a"] =>
    depth === 0 ? "always" : { kind: "allOf", members: [nested(depth - 1)] };
  expect(policyIn(nested(MOST.depth - 1)).fault).toBe(null);
  expect(policyIn(nested(MOST.depth)).fault).toEqual({
    path: "members[0].members[0].members[0].members[0].members[0].members[0]",
    message: expect.stringContaining("must be nested at most 6 deep here"),
  });
  const wide = (count: number) => ({
    kind: "allOf",
    members: Array.from({ length: count - 1 }, () => "always"),
  });
  expect(policyIn(wide(MOST.policies)).fault).toBe(null);
  expect(policyIn(wide(MOST.policies + 1)).fault?.message).toMatch(/at most 40 policies here/);
});

it("a document is a short form as it stands, or JSON", () => {
  expect(documentText("10/10m")).toBe("10/10m");
  expect(documentText(" x")).toBe('" x"');
  expect(readDocument('{"kind":"allOf","__proto__":{"x":1}}').document).toHaveProperty(
    "kind",
    "allOf",
  );
  expect(({} as { x?: number }).x).toBe(undefined);
});
