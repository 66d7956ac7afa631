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
];
