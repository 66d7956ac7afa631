// Reading back a saved tree: what was never written is refused by its path, what is said of dropped children is dropped.

import { isPolicyStateError, type PolicyStateError, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervisionTree, type TreeState } from "../../src/tree.js";
import { plain } from "./world.js";

const inner = supervisionTree({ children: [{ id: "x" }] });
const tree = supervisionTree({
  budget: restartOn("permanent"),
  children: [{ id: "a" }, { id: "b" }, { id: "in", tree: inner }],
});
const initial: TreeState = plain(tree.initial());

function refusal(state: object): PolicyStateError {
  try {
    tree.parse({ ...initial, ...state }, 0);
  } catch (error) {
    if (isPolicyStateError(error)) return error;
    throw error;
  }
  throw new Error("not refused");
}

const page = (of: readonly unknown[], height = 0) => ({ height, at: null, asks: 0, count: 1, of });
const items = (...list: readonly unknown[]) =>
  page(list.map((item) => ({ at: null, asks: 0, item })));
const later = (item: object) => ({ later: { pages: items(item), from: 0, next: 1 } });
const [first, , third] = (initial.pages?.of ?? []) as readonly { readonly item: object }[];
const childWith = (part: object) => ({ pages: items({ ...first?.item, ...part }) });
const plan = {
  stop: [],
  stopping: 0,
  start: [],
  begun: 0,
  starting: [],
  waits: [],
  gateAt: null,
  openAt: null,
  lateAt: null,
  boot: false,
  ops: [],
};
const planWith = (part: object) => ({ plan: { ...plan, ...part } });
const rollWith = (...left: unknown[]) => ({
  rolls: [{ id: "a", ref: 1, maxUnavailable: 1, left }],
});
const end = { type: "completed", path: [] };

describe("what was never written is refused by its path", () => {
  const ASCENDING = "ascending whole numbers";
  const PAIRS = "pairs of whole numbers";
  const PAGE = "at most 32 parts";

  it.each<readonly [string, string, object]>([
    ["budget", "an object", { budget: 5 }],
    ["budget", "an object", { budget: null }],
    ["budget", "an object", { budget: 5, over: true }],
    ["pages.of", PAGE, { pages: page(Array.from({ length: 33 }, () => null)) }],
    ["pages.of", PAGE, { pages: page({ length: 1 } as never) }],
    ["pages.of[0].height", "from 0 to 0", { pages: page([page([], 1)], 1) }],
    ["pages.of[0]", "an object", { pages: items(5) }],
    ["pages.of[0].kind", "a text", childWith({ kind: 5 })],
    [
      "pages.of[0].inner.next",
      "a whole number",
      { pages: items({ ...third?.item, inner: { ...inner.initial(), next: -1 } }) },
    ],
    ["gone.entry", "a name and a number", { gone: [{ 0: "a", 1: 1 }] }],
    ["gone.entry", "a name and a number", { gone: [[5, 1]] }],
    ["gone.entry", "a name and a number", { gone: [["a", 0.5]] }],
    ["plan.stop", ASCENDING, planWith({ stop: { length: 0 } })],
    ["plan.stop", ASCENDING, planWith({ stop: [0.5] })],
    ["plan.stop", ASCENDING, planWith({ stop: [-1] })],
    ["plan.start", ASCENDING, planWith({ start: [1, 1] })],
    ["plan.start", ASCENDING, planWith({ start: [1, 0] })],
    ["plan.start", ASCENDING, planWith({ start: ["0"] })],
    ["plan.waits", ASCENDING, planWith({ waits: null })],
    ["plan.starting", "whole numbers", planWith({ starting: {} })],
    ["rolls[0].left", PAIRS, { rolls: [{ id: "a", ref: 1, maxUnavailable: 1, left: {} }] }],
    ["rolls[0].left", PAIRS, rollWith([0, 0], 5)],
    ["rolls[0].left", PAIRS, rollWith([0, 0], [0, 0, 0])],
    ["rolls[0].left", PAIRS, rollWith([0, 0.5])],
    ["rolls[0].left", PAIRS, rollWith([0.5, 0])],
    ["rolls[0].left", PAIRS, rollWith({ length: 2, every: null })],
    [
      "later.pages.of[0].order.kind",
      "a text",
      later({ order: { type: "start-child", id: "x", ref: 1 } }),
    ],
    [
      "later.pages.of[0].order.type",
      "one of start-child",
      later({ order: { type: "roll", id: "x", ref: 1 } }),
    ],
    ["later.pages.of[0].generation", "a whole number", later({ ordinal: 0, generation: -2 })],
    ["end.path", "an array of texts", { end: { ...end, path: {} } }],
    ["end.path", "an array of texts", { end: { ...end, path: ["a", 5] } }],
  ])("%s must be %s", (path, expected, part) => {
    const error = refusal(part);
    expect([error.path, error.expected]).toEqual([path, expect.stringContaining(expected)]);
  });
});

describe("a state under other options", () => {
  it("a plan says nothing any more of a child that is dropped", () => {
    const others = supervisionTree({ children: [{ id: "a" }, { id: "in", tree: inner }] });
    const all = [0, 1, 2];
    const ops = all.map((ordinal) => ({ type: "restart-child", ordinal, ref: ordinal }));
    const lists = { stop: all, stopping: 3, start: all, starting: all, waits: all, ops };
    const read = others.parse({ ...initial, budget: null, ...planWith(lists) }, 0);
    const left = [0, 2];
    expect(read.plan).toMatchObject({ stop: left, stopping: 2, start: left, starting: left });
    expect(read.plan?.ops.map(({ ordinal }) => ordinal)).toEqual(left);
  });

  it("nobody is added to a tree that is over", () => {
    const more = supervisionTree({ children: [{ id: "a" }, { id: "new" }] });
    const old = supervisionTree({ children: [{ id: "a" }] });
    for (const over of [false, true]) {
      const read = more.parse({ ...old.initial(), over }, 0);
      expect(more.children(read)).toEqual(over ? ["a"] : ["a", "new"]);
    }
  });

  it("of a name with replicas those beyond are dropped, and nobody else of its kind", () => {
    const fewer = supervisionTree({ children: [{ id: "web", replicas: 2 }] });
    const names = ["web.1", "web.2", "web.3", "web.33"];
    const others = ["web.0", "web.03", "web.3a", "web.a3", "webb3", "cafe3", "web."];
    const state = {
      ...fewer.initial(),
      pages: items(...[...names, ...others].map((id) => ({ ...first?.item, id, kind: "web" }))),
    };
    expect(fewer.children(fewer.parse(state, 0))).toEqual(["web.1", "web.2", ...others]);
  });
});

it("the next child never stands in the place of another", () => {
  expect(tree.parse({ ...initial, next: 0 }, 0).next).toBe(3);
});

it("an end that a driver has disposed of reads back", () => {
  const disposed = { type: "stopped", by: "dispose" };
  expect(tree.parse({ ...initial, end: disposed }, 0).end).toEqual(disposed);
});
