// The options of a tree: a bad one is refused with the place in which it stands, the range and what was given.

import { isPolicyOptionsError, launch, restartOn, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervisionTree, type TreeOptions } from "../../src/tree.js";
import { TreeWorld } from "./world.js";

function refusal(options: object): string {
  try {
    supervisionTree(options as TreeOptions);
  } catch (error) {
    if (isPolicyOptionsError(error)) return error.message;
    throw error;
  }
  throw new Error("not refused");
}

const inner = supervisionTree({ children: [{ id: "x" }] });
const AFTER = "must be an array of names, or of { id, until: ready or completed }, got";
const BESIDE = "must be left out beside a tree, whose children have their own, got";
const ID = "id must be a text that is not blank and has no slash, got";
const WHOLE = "must be a whole number from";

describe("an option of the tree", () => {
  it.each<readonly [object, string]>([
    [{ strategy: "x" }, 'strategy must be one of one-for-one, one-for-all, rest-for-one, got "x"'],
    [{ budget: 5 }, "budget must be a restart policy, got 5"],
    [{ notes: 1 }, "notes must be true or false, got 1"],
    [
      { autoShutdown: "x" },
      'autoShutdown must be one of never, any-significant, all-significant, got "x"',
    ],
    [{ startFailure: "x" }, 'startFailure must be one of end, restart, got "x"'],
    [{ restarts: "x" }, 'restarts must be one of side-by-side, one-by-one, got "x"'],
    [{ kinds: 5 }, "kinds must be an object, got 5"],
    [{ kinds: [] }, "kinds must be an object, got []"],
    [{ kinds: null }, "kinds must be an object, got null"],
    [{ children: {} }, "children must be an array, got {}"],
    [{ childs: [] }, "unknown option childs (did you mean children?)"],
  ])("%o", (options, message) => {
    expect(refusal(options)).toBe(`supervisionTree: ${message}`);
  });

  it("what comes behind the options is refused, too", () => {
    const make = supervisionTree as (...given: unknown[]) => unknown;
    expect(() => make({}, {})).toThrow(
      "supervisionTree: arguments[1] must be left out: it takes 1",
    );
  });

  it("a preset instead of a budget: with what to write", () => {
    const budget = { policy: restartOn("permanent") };
    expect(refusal({ budget })).toContain("(a preset: did you mean { ...preset }?)");
  });
});

describe("an option of a child", () => {
  it.each<readonly [object, string]>([
    [{}, `${ID} undefined`],
    [{ id: " " }, `${ID} " "`],
    [{ id: "a/b" }, `${ID} "a/b"`],
    [{ id: "a", restart: "x" }, 'restart must be one of permanent, transient, temporary, got "x"'],
    [{ id: "a", significant: 1 }, "significant must be true or false, got 1"],
    [
      { id: "a", significant: true },
      "significant must be false for a permanent child, which is never done, got true",
    ],
    [
      { id: "a", significant: true, restart: "transient" },
      "significant must be false where autoShutdown is never, got true",
    ],
    [{ id: "a", tree: {} }, "tree must be a supervision tree, got {}"],
    [{ id: "a", tree: null }, "tree must be a supervision tree, got null"],
    [{ id: "a", tree: { ...inner, step: 5 } }, "tree must be a supervision tree, got {"],
    [{ id: "a", tree: { ...inner, initial: 5 } }, "tree must be a supervision tree, got {"],
    [{ id: "a", tree: { ...inner, kinds: [] } }, "tree must be a supervision tree, got {"],
    [{ id: "a", policy: 5 }, "policy must be a restart policy, got 5"],
    [{ id: "a", shared: 5 }, "unknown option shared (not of a child in a tree)"],
    [{ id: "a", onRefused: "hold" }, "unknown option onRefused (not of a child in a tree)"],
    [{ id: "a", restartLimit: 5 }, "unknown option restartLimit (not of a child in a tree)"],
    [{ id: "a", notes: true }, "unknown option notes (not of a child in a tree)"],
    [{ id: "a", tree: inner, standby: 1 }, `standby ${BESIDE} 1`],
    [{ id: "a", tree: inner, probe: {} }, `probe ${BESIDE} {}`],
    [{ id: "a", tree: inner, readiness: "immediate" }, `readiness ${BESIDE} "immediate"`],
    [{ id: "a", startTimeoutMs: 5 }, "startTimeoutMs must be left out without after, got 5"],
    [{ id: "a", maxUnavailable: 5 }, "maxUnavailable must be left out without replicas, got 5"],
    [{ id: "a", replicas: 100_001 }, `replicas ${WHOLE} 0 to 100000, got 100001`],
    [{ id: "a", replicas: 1, maxUnavailable: 0 }, `maxUnavailable ${WHOLE} 1 to`],
    [{ id: "a", after: [], startTimeoutMs: -1 }, `startTimeoutMs ${WHOLE} 0 to`],
    [{ id: "a", standbys: 1 }, "unknown option standbys (did you mean standby?)"],
    [{ id: "a", maxRunMs: -1 }, `maxRunMs ${WHOLE} 0 to`],
    [{ id: "a", after: "b" }, `after ${AFTER} "b"`],
    [{ id: "a", after: [5] }, `after[0] ${AFTER} 5`],
    [{ id: "a", after: ["b", null] }, `after[1] ${AFTER} null`],
    [{ id: "a", after: [{ until: "ready" }] }, `after[0] ${AFTER} {"until":"ready"}`],
    [{ id: "a", after: [{ id: "b", until: "x" }] }, `after[0] ${AFTER} {"id":"b","until":"x"}`],
    [{ id: "a", after: ["a"] }, 'after[0] must be another child, got "a"'],
    [
      { id: "a", after: ["worke"] },
      'after[0] must be the id of a child of the list, got "worke" (did you mean worker?)',
    ],
  ])("%o", (child, message) => {
    const children = [child, { id: "b" }, { id: "worker" }];
    expect(refusal({ children })).toContain(`supervisionTree.children[0]: ${message}`);
  });

  it("of another is shown with its own place, and so is one of a kind", () => {
    const children = [{ id: "a" }, { id: "b", standby: -1 }];
    expect(refusal({ children })).toContain("supervisionTree.children[1]: standby must be");
    const kinds = { worker: { restart: "x" } };
    expect(refusal({ kinds })).toContain("supervisionTree.kinds.worker: restart must be");
  });

  it.each<readonly [object]>([
    [{ children: [{ id: "a" }, { id: "a" }] }],
    [{ children: [{ id: "b" }, { id: "a" }], kinds: { a: {} } }],
    [{ children: [{ id: "b.1" }, { id: "b", replicas: 1 }] }],
    [{ children: [{ id: "b" }, { id: "a", replicas: 2 }], kinds: { "a.2": {} } }],
  ])("a name that is known already: %j", (options) => {
    const message =
      /^supervisionTree\.children\[1\]: id must be unlike every other id and kind, got "/;
    expect(refusal(options)).toMatch(message);
  });

  it("a circle is shown whole", () => {
    const children = [
      { id: "a", after: ["b"] },
      { id: "b", after: ["c"] },
      { id: "c", after: ["a"] },
    ];
    const message =
      'supervisionTree.children[0]: after must be free of circles, got "a > b > c > a"';
    expect(refusal({ children })).toBe(message);
  });

  it.each([
    { autoShutdown: "any-significant", restart: "transient" },
    { autoShutdown: "all-significant", restart: "temporary" },
  ] as const)("significant is allowed with %j", ({ autoShutdown, restart }) => {
    const children = [{ id: "a", significant: true, restart }];
    expect(supervisionTree({ autoShutdown, children }).kinds["a"]).toMatchObject({
      significant: true,
      restart,
    });
  });

  it("its policy is joined with its restart type, and the budget is asked as well", () => {
    const asked = new Set<string>();
    const asking = (name: string) =>
      restartPolicy({
        name,
        launch: (state) => {
          asked.add(name);
          return [state, launch()];
        },
      });
    new TreeWorld({
      budget: asking("budget"),
      children: [{ id: "a", policy: asking("own") }],
    }).begin();
    expect([...asked]).toEqual(["own", "budget"]);
  });
});

it("notes are told unless they are not wanted", () => {
  const notes = (options: object) =>
    new TreeWorld({ children: [{ id: "a" }], ...options })
      .begin()
      .effects.filter(({ type }) => type === "note").length;
  expect(notes({})).toBe(1);
  expect(notes({ notes: true })).toBe(1);
  expect(notes({ notes: false })).toBe(0);
});
