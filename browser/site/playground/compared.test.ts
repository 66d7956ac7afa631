// Two lines side by side: rows that belong together stand together, and the first difference is named.

import { expect, it } from "vitest";
import { firstDifference, rowsOf } from "../../../site/playground/model/compared.ts";
import { durationWords, humanized, niceStep } from "../../../site/playground/model/durations.ts";
import { EXAMPLES } from "../../../site/playground/model/examples.ts";
import { foundDifference } from "../../../site/playground/model/found-difference.ts";
import { type Played, played } from "../../../site/playground/model/played.ts";
import { policyIn } from "../../../site/playground/model/policy-in.ts";
import { type PolicyDocument, type Scene, START } from "../../../site/playground/model/scene.ts";
import { endWords, sentenceOf } from "../../../site/playground/model/words.ts";

function line(document: PolicyDocument, at: readonly number[]) {
  const { policy, rules } = policyIn(document);
  if (policy === null) throw new Error("no policy");
  const marks = at.map((instant) => ({ at: instant, kind: "crash" as const }));
  return { policy, line: played(policy, rules, { ...START, marks, healthyAfterMs: 90_000 }) };
}

const rows = (a: PolicyDocument, b: PolicyDocument, at: readonly number[]) =>
  rowsOf(line(a, at).line, line(b, at).line);
const sides = (all: ReturnType<typeof rows>) =>
  all.map(({ at, a, b, differs }) => [at, (a ? "A" : "") + (b ? "B" : ""), differs]);

it("without a second one no row differs", () => {
  const all = rowsOf(line("always", [1_000]).line, null);
  expect(all.map(({ at, differs }) => [at, differs])).toEqual([
    [0, false],
    [1_000, false],
  ]);
});

it("marks rows that are answered otherwise, and those that only one has", () => {
  const all = rows("2/5s", "3/5s", [1_000, 2_000, 6_000]);
  expect(sides(all)).toEqual([
    [0, "AB", false],
    [1_000, "AB", false],
    [2_000, "AB", true],
    [5_000, "A", true],
    [6_000, "AB", false],
  ]);
  expect(firstDifference(all)).toBe("crashed. A: not for 3 s (window-full). B: launch at once.");
});

it("tells a delay from another, and a reason from another", () => {
  const delay = (delayMs: number) => ({
    kind: "backoff",
    options: { curve: { kind: "constant", options: { delayMs } }, jitter: "none" },
  });
  expect(firstDifference(rows(delay(1), delay(2), [1_000]))).toBe(
    "crashed. A: launch in 1 ms. B: launch in 2 ms.",
  );
  const cap = { kind: "lifetimeCap", options: { restarts: 0 } };
  expect(firstDifference(rows("never", cap, [1_000]))).toBe(
    "crashed. A: never (not-wanted). B: never (cap-reached).",
  );
});

it("several at one instant are paired by what happened", () => {
  const all = rows("always", "1/1s", [1_000, 1_000]);
  expect(sides(all)).toEqual([
    [0, "AB", false],
    [1_000, "AB", false],
    [1_000, "AB", true],
    [2_000, "B", true],
  ]);
  expect(firstDifference(rows("always", "always", [1_000, 1_000]))).toBe(null);
  // B is asked again at the very instant of the next crash.
  expect(sides(rows("always", "1/1s", [500, 1_000]))).toEqual([
    [0, "AB", false],
    [500, "AB", true],
    [1_000, "B", true],
    [1_000, "AB", true],
    [2_000, "B", true],
  ]);
});

function found(a: PolicyDocument, b: PolicyDocument, scene: Partial<Scene> = {}) {
  const there = { ...START, a, b, ...scene };
  return { there, ...foundDifference(policyIn(a), policyIn(b), there) };
}

it.each(EXAMPLES.filter(({ b }) => b !== undefined))(
  "finds a short line that parts the two: $name",
  ({ a, b = a }) => {
    const { there, line: one, words } = found(a, b);
    expect(words).toBe("Found: the shortest line that parts them.");
    const scene = { ...there, ...one };
    const lines = [a, b].map((document) => {
      const { policy, rules } = policyIn(document);
      if (policy === null) throw new Error("no policy");
      return played(policy, rules, scene);
    });
    const all = rowsOf(lines[0] as Played, lines[1] as Played);
    const last = Math.max(...scene.marks.map(({ at }) => at));
    // It is the last of its crashes that parts them, and the line shows what follows.
    expect(all.find(({ differs }) => differs)?.at).toBe(last);
    expect(scene.forMs).toBeGreaterThan(last);
  },
);

it("says how far it looked where it finds none, and what cannot be shown", () => {
  const long = { kind: "slidingWindow", options: { limit: 2, windowMs: 10_000 } };
  const none = found("2/10s", long);
  expect(none.line).toBe(null);
  expect(none.words).toMatch(/^None found in \d+ lines of up to \d+ exits, which is no proof\.$/);
  expect(found("2/10s", "10/").words).toBe("One is not a policy.");
  const late = (windowMs: string) => ({ kind: "giveUp", members: [`1/${windowMs} failures`] });
  expect(found("1/2000d", late("2000d")).words).toBe("They part later than a line may be long.");
  const forgets = { kind: "backoff", options: { jitter: "none", initialMs: 100, factor: 1 } };
  const healthy = { ...forgets, options: { ...forgets.options, factor: 2 } };
  expect(found(forgets, healthy, { healthyAfterMs: 0 }).line?.marks).toHaveLength(2);
});

it("says why, in the words of explain, with times for people", () => {
  const { policy, line: one } = line("2/5s", [1_000, 2_000]);
  const refused = one.steps[2];
  expect(refused && sentenceOf(policy, refused)).toBe(
    "Refused for now (window-full): slidingWindow has counted 2 launches in 5 s, and its limit is 2; asked again in 3 s, at 5 s, it is launched at once.",
  );
  expect(endWords(one)).toBe("3 launches, up for 57 s");
  expect(endWords(line("never", [1_000]).line)).toBe(
    "1 launch, up for 1 s; given up (not-wanted) at 1 s",
  );
});

it.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [0.5, "0.5 ms"],
  [1_000, "1 s"],
  [59_999, "59.999 s"],
  [60_000, "1 min"],
  [61_500, "1 min 1.5 s"],
  [3_600_000, "1 h"],
  [90_000_000, "1 d 1 h"],
])("%d ms in words is %s", (ms, words) => expect(durationWords(ms)).toBe(words));

it("sentences with grouped numbers are read whole", () => {
  expect(humanized("in 9 000 ms, at the instant 12 500: x")).toBe("in 9 s, at 12.5 s: x");
  expect([0.1, 1, 3, 61_000, 1e12].map(niceStep)).toEqual([1, 1, 5, 120_000, 43_200_000_000]);
});
