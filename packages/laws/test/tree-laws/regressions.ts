// Stories in which the tree once did something else than its twin, shrunk.

import type { ChildDesign, TreeDesign } from "../../src/tree-laws/design.js";
import type { Life, TreeStory } from "../../src/tree-laws/story.js";

const child = (id: string, more: Partial<ChildDesign> = {}): ChildDesign => ({
  id,
  restart: "permanent",
  policy: null,
  tree: null,
  gracePeriodMs: 0,
  abandonAfterMs: 5,
  ...more,
});

const tree = (children: readonly ChildDesign[], more: Partial<TreeDesign> = {}): TreeDesign => ({
  strategy: "one-for-one",
  budget: null,
  autoShutdown: "never",
  startFailure: "restart",
  kinds: {},
  children,
  ...more,
});

const well: Life = { launchMs: 0, readyMs: 0, lifeMs: null, exit: "failed", stopMs: 0, killMs: 0 };
const never: Life = { ...well, launchMs: null };

const story = (design: TreeDesign, parts: Partial<TreeStory>): TreeStory => ({
  design,
  lives: [well],
  moves: [],
  seed: 0,
  ticksFirst: false,
  ...parts,
});

export const regressions: readonly (readonly [what: string, story: TreeStory])[] = [
  [
    "restart-child of a paused child",
    story(tree([child("a")]), {
      moves: [
        { type: "order", who: 0, what: "pause" },
        { type: "child", what: "restart-child", where: 0, who: 0 },
      ],
    }),
  ],
  [
    "a temporary child fails to start in a group",
    story(tree([child("a", { restart: "temporary" }), child("b")], { strategy: "one-for-all" }), {
      lives: [never],
    }),
  ],
  [
    "a group restart before a temporary child was started",
    story(tree([child("a"), child("b", { restart: "temporary" })], { strategy: "rest-for-one" }), {
      lives: [{ ...well, lifeMs: 0 }],
    }),
  ],
  [
    "a delay cut in a group",
    story(
      tree(
        [child("a", { policy: { type: "delay", ms: 50, jitter: "none" }, delayCutBy: ["reload"] })],
        {
          strategy: "one-for-all",
        },
      ),
      {
        moves: [
          { type: "crash", who: 0, exit: "failed" },
          { type: "order", who: 0, what: "reload" },
        ],
      },
    ),
  ],
  ["up inside a tree inside", story(tree([child("a", { tree: tree([child("a")]) })]), {})],
  [
    "a tree inside that ends as soon as it begins, in a group",
    story(
      tree(
        [
          child("a", {
            tree: tree([child("b")], {
              budget: { type: "limit", limit: 0, windowMs: 100, isFinal: true },
            }),
          }),
        ],
        { strategy: "one-for-all" },
      ),
      {},
    ),
  ],
  [
    "a graph in which nobody waits for others any more is not due",
    story(
      tree([child("a", { replicas: 2 }), child("d", { after: ["a"], startTimeoutMs: 5 })], {
        strategy: "one-for-all",
      }),
      { lives: [never] },
    ),
  ],
  [
    "an exit of one that somebody waits for, while others are started",
    story(
      tree([
        child("c", { restart: "transient" }),
        child("d", { after: [{ id: "c", until: "completed" }] }),
      ]),
      { lives: [{ ...well, readyMs: 5, lifeMs: 10, exit: "completed" }] },
    ),
  ],
  [
    "a first launch that was admitted with its group is not asked for again",
    story(
      tree(
        [
          child("a", { replicas: 1 }),
          child("b", { after: [{ id: "a", until: "completed" }] }),
          child("c", { restart: "temporary", after: ["a"], startTimeoutMs: 20, replicas: 2 }),
        ],
        {
          strategy: "rest-for-one",
          budget: { type: "limit", limit: 2, windowMs: 5, isFinal: false },
        },
      ),
      { moves: [{ type: "crash", who: 6, exit: "failed" }] },
    ),
  ],
  [
    "all ask before the first of them is launched",
    story(
      tree([child("a", { replicas: 3 }), child("b", { after: ["a"], startTimeoutMs: 20 })], {
        budget: { type: "limit", limit: 1, windowMs: 5, isFinal: false },
      }),
      { lives: [{ ...well, launchMs: 1 }], moves: [{ type: "own", what: "reset" }] },
    ),
  ],
  [
    "one that waits in vain has nobody to blame inside",
    story(
      tree(
        [
          child("a", { restart: "temporary" }),
          child("b", {
            after: ["a"],
            tree: tree([child("c", { replicas: 2 }), child("d", { replicas: 2 })], {
              strategy: "one-for-all",
              budget: { type: "limit", limit: 3, windowMs: 5, isFinal: true },
            }),
          }),
        ],
        { strategy: "rest-for-one" },
      ),
      {
        lives: [well, { ...well, launchMs: 1 }, { ...well, launchMs: 1, exit: "completed" }],
        moves: [{ type: "crash", who: 10, exit: "signalled" }],
        seed: 2,
        ticksFirst: true,
      },
    ),
  ],
  [
    "a report of one in a tree that what was due has begun again in this step",
    story(
      tree(
        [
          child("a", {
            tree: tree(
              [child("a", { tree: tree([child("a", { gracePeriodMs: 20 })]) }), child("c")],
              {
                strategy: "one-for-all",
              },
            ),
          }),
        ],
        { strategy: "one-for-all" },
      ),
      {
        lives: [{ ...well, stopMs: null, killMs: 5 }, never],
        moves: [{ type: "wait", ms: 50 }],
        seed: 798_295,
      },
    ),
  ],
  [
    "a tree inside that is given up at the instant at which it ends",
    story(
      tree(
        [
          child("a", {
            abandonAfterMs: 50,
            tree: tree([child("a", { abandonAfterMs: 20 })], { strategy: "one-for-all" }),
          }),
        ],
        { strategy: "one-for-all", startFailure: "end" },
      ),
      {
        lives: [{ ...well, stopMs: 5, killMs: null }],
        moves: [
          { type: "order", who: 3, what: "kill" },
          { type: "jump", ms: 30 },
        ],
      },
    ),
  ],
  [
    "a hand-over while a first launch waits keeps the order",
    story(
      tree([child("a", { restart: "temporary" }), child("b", { restart: "transient" })], {
        budget: { type: "limit", limit: 1, windowMs: 20, isFinal: false },
      }),
      { moves: [{ type: "hand-over" }], ticksFirst: true },
    ),
  ],
  [
    "a group restart before a temporary child was started again under a new host",
    story(
      tree(
        [
          child("b", {
            readiness: "explicit",
            readyTimeoutMs: 5,
            policy: { type: "delay", ms: 50, jitter: "none" },
          }),
          child("d", { restart: "temporary" }),
        ],
        { strategy: "rest-for-one" },
      ),
      {
        lives: [
          { ...well, readyMs: 5, lifeMs: 10, killMs: 5 },
          { ...well, stopMs: 5 },
        ],
        moves: [{ type: "wait", ms: 50 }, { type: "jump", ms: 30 }, { type: "hand-over" }],
      },
    ),
  ],
  [
    "a hand-over in a restart that was ordered",
    story(tree([child("a"), child("b")]), {
      lives: [{ ...well, stopMs: 1 }],
      moves: [{ type: "order", who: 1, what: "restart" }, { type: "hand-over" }],
    }),
  ],
  [
    "a hand-over does not bring back what was deleted",
    story(tree([child("a")]), {
      lives: [{ ...well, launchMs: 1 }],
      moves: [
        { type: "crash", who: 0, exit: "completed" },
        { type: "child", what: "delete-child", where: 0, who: 0 },
        { type: "hand-over" },
      ],
    }),
  ],
  [
    "a rolling restart of one that could not be started",
    story(tree([child("a", { restart: "transient" })], { startFailure: "end" }), {
      lives: [{ ...well, launchMs: 1 }],
      moves: [
        { type: "child", what: "restart-child", where: 0, who: 0 },
        { type: "crash", who: 0, exit: "completed" },
        { type: "roll", where: 0, who: 0, max: 2 },
        { type: "crash", who: 0, exit: "failed" },
      ],
    }),
  ],
  [
    "a deadline that is over before a start by order is",
    story(
      tree([child("z")], {
        kinds: {
          kind0: {
            restart: "permanent",
            policy: null,
            tree: null,
            gracePeriodMs: 0,
            abandonAfterMs: 5,
            readiness: "explicit",
            deadlineMs: 50,
          },
        },
      }),
      {
        lives: [{ ...well, readyMs: null, killMs: 3 }],
        moves: [
          { type: "child", what: "start-child", where: 0, who: 0 },
          { type: "wait", ms: 50 },
          { type: "wait", ms: 100 },
        ],
      },
    ),
  ],
  [
    "a child that is given up at its deadline while a restart waits for its end",
    story(tree([child("a", { deadlineMs: 50 }), child("b")]), {
      lives: [{ ...well, stopMs: null, killMs: null }],
      moves: [
        { type: "wait", ms: 45 },
        { type: "order", who: 0, what: "restart" },
        { type: "wait", ms: 50 },
      ],
    }),
  ],
];
