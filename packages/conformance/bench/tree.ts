// What a restart costs in a tree, by the number of its children: one-for-one, a child picked by a golden
// ratio exits and is launched again. Run by `pnpm bench` on the built packages. Sizes are taken in turns,
// round by round; the ratio is to a tree of 10 in the same round.

import { supervisionTree, type TreeState } from "@steadfast/supervision/tree";

const SIZES = [10, 1_000, 100_000];
const ROUNDS = 7;
const RESTARTS = 1_000;
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

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const forests = SIZES.map(grown);
const times = SIZES.map((): number[] => []);
for (let round = -1; round < ROUNDS; round++) {
  for (const [k, forest] of forests.entries()) {
    const from = process.cpuUsage().user;
    for (let i = 0; i < RESTARTS; i++) restart(forest);
    const us = (process.cpuUsage().user - from) / RESTARTS;
    if (round >= 0) times[k]?.push(us);
  }
}

console.log(" children  us a restart (min-max)   to a tree of 10");
for (const [k, size] of SIZES.entries()) {
  const own = times[k] ?? [];
  const ratio = median(own.map((us, i) => us / (times[0]?.[i] ?? 1)));
  const range = `${Math.min(...own).toFixed(2)}-${Math.max(...own).toFixed(2)}`;
  console.log(
    `${String(size).padStart(9)}  ${median(own).toFixed(2).padStart(6)} (${range})`.padEnd(36),
    `${ratio.toFixed(2)}x`,
  );
}
