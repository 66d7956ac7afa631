// What a restart costs in a tree, by the number of its children: one-for-one, a child picked by a golden ratio
// exits and is launched again.

import { supervisionTree, type TreeState } from "@steadfast/supervision/tree";
import { cpuMicroseconds } from "../measure.ts";
import type { Figures, Suite } from "../suite.ts";

/** Twice as many milliseconds pass: nobody is healthy yet, which all would be in one step. */
const RESTARTS = 2_000;
const GOLDEN = 0.618_033_988_749_895;
const given = { draw: 0.5, wall: 0 } as const;

const tree = supervisionTree({ notes: false, kinds: { worker: {} } });

interface Forest {
  readonly size: number;
  state: TreeState;
  now: number;
  turn: number;
  readonly generations: number[];
}

function step(forest: Forest, event: object): readonly { readonly type: string }[] {
  const [state, effects] = tree.step(forest.state, { ...given, ...event } as never, forest.now);
  forest.state = state;
  return effects;
}

const idOf = (i: number) => `w${i}`;

function grown(size: number): Forest {
  const forest = { size, state: tree.initial(), now: 0, turn: 0, generations: [] as number[] };
  step(forest, { type: "begin" });
  for (let i = 0; i < size; i++) {
    step(forest, { type: "start-child", id: idOf(i), kind: "worker", ref: i });
    step(forest, { type: "launched", path: [idOf(i)], generation: 0 });
    forest.generations.push(0);
  }
  return forest;
}

/** One child exits, and is there again. */
function restart(forest: Forest): void {
  forest.turn = (forest.turn + GOLDEN) % 1;
  const i = Math.floor(forest.turn * forest.size);
  const path = [idOf(i)];
  const generation = forest.generations[i] ?? 0;
  forest.now += 1;
  const exit = { kind: "failed", code: 1 };
  const effects = step(forest, { type: "exited", path, generation, exit });
  if (!effects.some(({ type }) => type === "launch")) throw new Error("no restart");
  forest.generations[i] = generation + 1;
  step(forest, { type: "launched", path, generation: generation + 1 });
}

function restarts(size: number): Figures {
  const forest = grown(size);
  const many = () => {
    for (let i = 0; i < RESTARTS; i++) restart(forest);
  };
  many();
  const from = cpuMicroseconds();
  many();
  return { micros: (cpuMicroseconds() - from) / RESTARTS };
}

export const suite: Suite = {
  name: "tree",
  tables: [
    {
      name: "restart",
      title: "a restart in a tree, by the number of its children",
      figures: { micros: { unit: "us CPU" } },
      candidates: {
        "10 children": () => restarts(10),
        "1 000 children": () => restarts(1_000),
        "100 000 children": () => restarts(100_000),
      },
      reaches: [
        { candidate: "100 000 children", figure: "micros", than: "10 children", atMost: 4 },
      ],
    },
  ],
};
