import type { RestartPolicy } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type Families, gradeTests, museum } from "../../src/museum.js";

const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;

/** Asks at these instants; says which requests were admitted. */
function admitted(policy: RestartPolicy, instants: readonly number[]): readonly boolean[] {
  let state = policy.initial();
  return instants.map((now) => {
    const [next, answer] = policy.step(state, request, now);
    state = next;
    return answer.type === "launch";
  });
}

const countsToThree = (make: Families["window"]) => {
  const window = make({ limit: 3, windowMs: 100 });
  expect(admitted(window, [10, 10, 10, 10])).toEqual([true, true, true, false]);
};

describe("a test is graded by what it catches", () => {
  test("one that only counts catches who counts wrongly, and misses the edge", async () => {
    const { falseAlarm, caught, missed, share, text } = await gradeTests("window", countsToThree);
    expect(falseAlarm).toBeNull();
    expect(caught.map(({ name }) => name)).toContain("window-one-too-many");
    expect(missed.map(({ name }) => name)).toContain("window-keeps-the-edge");
    expect(share).toBeCloseTo(caught.length / (caught.length + missed.length));
    expect(text).toContain("missed window-keeps-the-edge: It still counts");
  });

  test("one that looks at the edge as well catches more", async () => {
    const few = await gradeTests("window", countsToThree);
    const more = await gradeTests("window", (make) => {
      countsToThree(make);
      const window = make({ limit: 1, windowMs: 100 });
      expect(admitted(window, [10, 109, 110])).toEqual([true, false, true]);
    });
    expect(more.caught.length).toBeGreaterThan(few.caught.length);
    expect(more.missed.map(({ name }) => name)).not.toContain("window-keeps-the-edge");
  });

  test("one that does nothing catches nothing", async () => {
    const { caught, missed, share } = await gradeTests("keyed", () => {});
    expect(caught).toEqual([]);
    expect(missed).toEqual(museum.filter(({ family }) => family === "keyed"));
    expect(share).toBe(0);
  });

  test("one that is never content tells nothing: a false alarm, and no share", async () => {
    const never = await gradeTests("slot", () => Promise.reject(undefined));
    expect(never.falseAlarm).toBe("undefined was thrown");
    expect(never.missed).toEqual([]);
    expect(never.share).toBe(0);
    expect(never.text).toBe("slot: a false alarm on the healthy one");
  });

  test("one that does not end is cut short, and has caught it by that", async () => {
    const { falseAlarm } = await gradeTests("giveUp", () => new Promise(() => {}), {
      timeoutMs: 1,
    });
    expect(falseAlarm).toEqual(new Error("the test has not ended after 1 ms"));
  });
});
