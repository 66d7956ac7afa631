// The rules of the time line, each edge once; and that it is the world of `simulate`, for any policy.

import { simulate } from "@steadfast/analysis";
import fc from "fast-check";
import { expect, it } from "vitest";
import { EXAMPLES, worldOf } from "../../../site/playground/model/examples.ts";
import { MOST_STEPS, type Played, played } from "../../../site/playground/model/played.ts";
import { policyIn } from "../../../site/playground/model/policy-in.ts";
import {
  type Mark,
  type PolicyDocument,
  type Scene,
  START,
} from "../../../site/playground/model/scene.ts";

const crashes = (...instants: number[]): Mark[] => instants.map((at) => ({ at, kind: "crash" }));

function play(
  document: PolicyDocument,
  marks: readonly Mark[],
  scene: Partial<Scene> = {},
): Played {
  const { policy, rules, fault } = policyIn(document);
  if (policy === null) throw new Error(fault.message);
  return played(policy, rules, { ...START, ...scene, a: document, marks });
}

const ups = ({ spans }: Played) => spans.filter(({ kind }) => kind === "up");
const launches = (line: Played) => ups(line).map(({ from }) => from);
const hits = (line: Played) => line.hits.map(({ type }) => type);
const constant = (delayMs: number) => ({
  kind: "backoff",
  options: { curve: { kind: "constant", options: { delayMs } }, jitter: "none" },
});

it("launches at 0, and again after each crash, as the policy says", () => {
  const line = play(constant(100), crashes(1_000, 2_000));
  expect(launches(line)).toEqual([0, 1_100, 2_100]);
  expect(line.steps.map(({ at, ended }) => [at, ended?.uptimeMs ?? null])).toEqual([
    [0, null],
    [1_000, 1_000],
    [2_000, 900],
    [12_100, null], // healthy
  ]);
  expect(line.spans.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ["up", 0, 1_000],
    ["delay", 1_000, 1_100],
    ["up", 1_100, 2_000],
    ["delay", 2_000, 2_100],
    ["up", 2_100, 60_000],
  ]);
});

it.each([
  ["one before it is back: not running", 1_099, "missed", 1_100, 1],
  ["at the launch: ended with an uptime of 0", 1_100, "hit", null, 2],
  ["one after it", 1_101, "hit", null, 2],
] as const)("a crash in a delay, %s", (_, at, type, until, attempts) => {
  const line = play(constant(100), crashes(1_000, at), { forMs: 1_150 });
  expect(line.hits[1]).toEqual(type === "hit" ? { type } : { type, until });
  expect(ups(line).filter(({ end }) => end !== null)).toHaveLength(attempts);
});

it("does not wait for the child: a mark that hits nothing changes nothing", () => {
  const with_ = play(constant(100), crashes(1_000, 1_050, 2_000));
  const without = play(constant(100), crashes(1_000, 2_000));
  expect(hits(with_)).toEqual(["hit", "missed", "hit"]);
  expect(with_.spans).toEqual(without.spans);
  expect(with_.steps).toEqual(without.steps);
});

it("two crashes at one instant end two attempts if the second is launched at once", () => {
  const twice = play("permanent", crashes(500, 500), { forMs: 600 });
  expect(launches(twice)).toEqual([0, 500, 500]);
  expect(hits(twice)).toEqual(["hit", "hit"]);
  expect(hits(play(constant(1), crashes(500, 500)))).toEqual(["hit", "missed"]);
});

it("a crash at 0 comes after the start, one at the end counts, one behind it is beyond", () => {
  const line = play("permanent", crashes(0, 60_000, 60_001));
  expect(launches(line)).toEqual([0, 0, 60_000]);
  expect(hits(line)).toEqual(["hit", "hit", "beyond"]);
});

it("at exactly healthyAfterMs a crash comes first; one later it was healthy", () => {
  const isHealthy = (at: number) =>
    play("permanent", crashes(at), { healthyAfterMs: 500 }).spans[0]?.healthyAt !== null;
  expect([isHealthy(500), isHealthy(501)]).toEqual([false, true]);
});

it("knows a clean exit from a crash", () => {
  const line = play("on-failure", [{ at: 1_000, kind: "clean" }, ...crashes(2_000)]);
  expect(line.over).toEqual({ at: 1_000, outcome: "completed", reason: null });
  expect(hits(line)).toEqual(["hit", "missed"]);
  expect(line.hits[1]).toEqual({ type: "missed", until: null });
});

it("a refusal with a time is asked again at exactly that time; one for good is the end", () => {
  const line = play("2/10s", crashes(1_000, 2_000));
  expect(line.spans.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ["up", 0, 1_000],
    ["up", 1_000, 2_000],
    ["not-yet", 2_000, 10_000],
    ["up", 10_000, 60_000],
  ]);
  const ended = play({ kind: "giveUp", members: ["2/10s"] }, crashes(1_000, 2_000, 3_000));
  expect(ended.over).toEqual({ at: 2_000, outcome: "refused", reason: "window-full" });
  expect(ended.hits[2]).toEqual({ type: "missed", until: null });
});

it("a reset forgives what was before it in the list", () => {
  const reset = { at: 1_500, kind: "reset" } as const;
  const document = { kind: "backoff", options: { initialMs: 100, jitter: "none" } };
  const delays = (marks: readonly Mark[]) =>
    play(document, marks).steps.map(({ decision }) =>
      decision.type === "launch" ? decision.delayMs : decision.type,
    );
  expect(delays(crashes(1_000, 2_000)).slice(0, 3)).toEqual([0, 100, 200]);
  expect(delays([...crashes(1_000, 2_000), reset]).slice(0, 4)).toEqual([0, 100, "noted", 100]);
});

it("a preset that stands alone brings its rules: systemd does not wait", () => {
  const systemd = { preset: "systemd", options: { restart: "always", startLimitBurst: 2 } };
  expect(play(systemd, crashes(100, 300)).over?.outcome).toBe("refused");
});

it("is cut off after so many answers", () => {
  const line = play("permanent", crashes(...Array.from({ length: MOST_STEPS + 10 }, (_, i) => i)));
  expect(line.steps).toHaveLength(MOST_STEPS);
  expect(line.cutAt).toBe(MOST_STEPS - 2);
});

it("the same seed gives the same line, another one another, and the draws are those of simulate", () => {
  const jittered = { kind: "backoff", options: { initialMs: 500, jitter: "full" } };
  const seeded = (seed: number) => play(jittered, START.marks, { seed });
  expect(seeded(7)).toEqual(seeded(7));
  expect(launches(seeded(7))).not.toEqual(launches(seeded(8)));
});

it("launches as simulate does when the child lives as long as it did on the line", () => {
  const mark = fc.record({ at: fc.integer({ min: 0, max: 3_000 }), kind: fc.constant("crash") });
  const document = fc.oneof(
    fc.constantFrom<PolicyDocument>(...EXAMPLES.map(({ a }) => a)),
    fc.constantFrom<PolicyDocument>("3/1s", "50ms..1s x2 full", "on-failure", constant(0)),
  );
  let launched = 0;
  fc.assert(
    fc.property(document, fc.array(mark as fc.Arbitrary<Mark>), fc.nat(99), (a, marks, seed) => {
      const line = play(a, marks, { forMs: 3_000, seed });
      const { policy, rules } = policyIn(a);
      if (policy === null) throw new Error("no policy");
      const uptimeMs = ups(line).map(({ from, to, end }) => (end === null ? Infinity : to - from));
      const simulated = simulate(policy, { uptimeMs, seed, forMs: 3_000 }, rules);
      expect(launches(line)).toEqual(simulated.launches.map(({ at }) => at));
      launched += launches(line).length;
    }),
  );
  expect(launched).toBeGreaterThan(300);
});

it.each(EXAMPLES)("the example shows something: $name", (example) => {
  for (const document of [example.a, example.b ?? example.a]) {
    const { marks, forMs } = worldOf(example);
    const line = play(document, marks, { forMs });
    expect(launches(line).length).toBeGreaterThan(3);
    expect(line.cutAt).toBe(null);
  }
});
