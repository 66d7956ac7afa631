import { describe, expect, expectTypeOf, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { allOf, giveUp, launch, noted, type RestartPolicy, refuse } from "../src/index.js";
import { anyMember, timesOf } from "./members.js";
import { gate, never, pausing, slidingWindow, tally, type WindowState } from "./sample-policies.js";
import { crash, decisionsOf, frozen, restart, start, tell, traces } from "./traces.js";

const stories = anyMember.chain((member) =>
  traces(timesOf([member])).map((trace) => [member, trace] as const),
);

describe("giveUp", () => {
  const first = (policy: RestartPolicy) => policy.step(policy.initial(), restart, 0);

  it.each([
    ["not yet becomes never, with its reason", gate("a", 5), refuse("a", null)],
    ["one millisecond is not yet, too", gate("a", 1), refuse("a", null)],
    ["never stays never", never("a"), refuse("a", null)],
    ["a launch stays a launch", pausing(5.5), launch(5.5)],
    ["a gate that is open is open", gate("a", 0), launch()],
  ])("%s", (_, policy, decision) => {
    expect(first(giveUp(policy))[1]).toStrictEqual(decision);
  });

  it("notes facts", () => {
    const policy = giveUp(never("a"));
    expect(policy.step(policy.initial(), crash, 0)).toStrictEqual([{ facts: 1, asked: 0 }, noted]);
  });

  it("keeps the states and the steps of its policy, and refuses exactly when that refuses", () => {
    often(stories, ([member, trace]) => {
      const plain = tell(member, trace);
      const strict = tell(giveUp(member), trace);
      expect(strict.map(({ after }) => after)).toStrictEqual(plain.map(({ after }) => after));
      expect(decisionsOf(strict)).toStrictEqual(
        decisionsOf(plain).map((decision) =>
          decision.type === "refuse" ? { ...decision, retryAfterMs: null } : decision,
        ),
      );
      return plain.some(({ decision }) => decision.type === "refuse" && decision.retryAfterMs);
    });
  });

  it("twice is once", () => {
    often(stories, ([member, trace]) => {
      const once = tell(giveUp(member), trace);
      expect(tell(giveUp(giveUp(member)), trace)).toStrictEqual(once);
      return once.some(({ decision }) => decision.type === "refuse");
    });
  });

  it("of all is all giving up, but for the reason", () => {
    often(stories, ([member, trace]) => {
      const other = slidingWindow({ limit: 2, windowMs: 20 });
      const types = (policy: RestartPolicy) =>
        decisionsOf(tell(policy, trace)).map(({ type }) => type);
      const one = types(giveUp(allOf(member, other)));
      expect(types(allOf(giveUp(member), giveUp(other)))).toStrictEqual(one);
      return one.includes("refuse") && one.includes("launch");
    });
  });

  it("ends a child where its limit is reached, whatever else would wait longer", () => {
    const policy = allOf(gate("a", 1_000), giveUp(slidingWindow({ limit: 0, windowMs: 5 })));
    expect(first(policy)[1]).toStrictEqual(refuse("window-full", null));
  });

  it("gives a refusal for good on as it is", () => {
    const no = refuse("no", null);
    expect(first(giveUp(tally("no", () => no)))[1]).toBe(no);
  });

  it("is the same policy in all else: name, description, state, idleness", () => {
    const window = slidingWindow({ limit: 1, windowMs: 100 });
    const policy = giveUp(window);
    expectTypeOf(policy).toEqualTypeOf<RestartPolicy<WindowState>>();
    expect(policy.name).toBe("giveUp(slidingWindow)");
    expect(policy.describe).toStrictEqual({
      kind: "giveUp",
      options: {},
      limit: 1,
      windowMs: 100,
      timesMs: [100],
      members: [window.describe],
    });
    const [full] = window.step(window.initial(), start, 0);
    expect(policy.step(frozen(full), restart, 1)[0]).toBe(full);
    expect(policy.parse({ stamps: [70] }, 50)).toStrictEqual({ stamps: [50] });
    expect([99, 100].map((now) => policy.idle?.(full, now))).toEqual([false, true]);
    const { idle: _, ...silent } = gate("a", 0);
    expect(giveUp(silent).idle?.(silent.initial(), 0)).toBe(false);
  });

  it("wraps a policy that is an instance of a class", () => {
    class Always implements RestartPolicy<null> {
      readonly name = "always";
      readonly describe = { kind: "always", options: {}, timesMs: [] };
      initial() {
        return null;
      }
      step() {
        return [null, this.name === "always" ? refuse("x", 5) : noted] as const;
      }
      parse() {
        return this.initial();
      }
    }
    const policy = giveUp(new Always());
    expect(policy.step(policy.initial(), restart, 0)).toStrictEqual([null, refuse("x", null)]);
    expect(policy.parse(null, 0)).toBeNull();
  });
});
