// The packages, and who imports whom, from their manifests: each in the row above those that it imports. An import that
// follows from another is not drawn.

import { readdirSync, readFileSync } from "node:fs";
import { path, picture, rect, round, text } from "./drawing.js";

const FOLDER = new URL("../../../", import.meta.url);
const SCOPE = "@steadfast/";

interface Manifest {
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

type Graph = ReadonlyMap<string, readonly string[]>;

function graph(): Graph {
  const found = new Map<string, readonly string[]>();
  for (const name of readdirSync(FOLDER).sort()) {
    const manifest = new URL(`${name}/package.json`, FOLDER);
    const { private: isPrivate, dependencies = {} } = JSON.parse(
      readFileSync(manifest, "utf8"),
    ) as Manifest;
    if (isPrivate) continue;
    const own = Object.keys(dependencies).filter((one) => one.startsWith(SCOPE));
    found.set(
      name,
      own.map((one) => one.slice(SCOPE.length)),
    );
  }
  return found;
}

/** The longest way down to a package that imports nothing. */
function depthOf(name: string, all: Graph): number {
  const below = all.get(name) ?? [];
  return below.length === 0 ? 0 : 1 + Math.max(...below.map((one) => depthOf(one, all)));
}

/** Whether one is reached from another by more than one step. */
function isImplied(from: string, to: string, all: Graph): boolean {
  const reaches = (start: string): boolean =>
    (all.get(start) ?? []).some((next) => next === to || reaches(next));
  return (all.get(from) ?? []).some((next) => next !== to && reaches(next));
}

const [WIDTH, ROW, BOX, HEIGHT] = [900, 84, 124, 32];

export function packagesPicture(): string {
  const all = graph();
  const rows: string[][] = [];
  for (const name of all.keys()) {
    const depth = depthOf(name, all);
    const row = rows[depth] ?? [];
    rows[depth] = row;
    row.push(name);
  }
  const height = rows.length * ROW + 20;
  const places = new Map<string, readonly [x: number, y: number]>();
  for (const [depth, row] of rows.entries()) {
    const gap = WIDTH / (row.length + 1);
    for (const [i, name] of row.entries()) {
      places.set(name, [gap * (i + 1), height - ROW * depth - HEIGHT - 14]);
    }
  }
  const edges = [...all].flatMap(([from, targets]) =>
    targets
      .filter((to) => !isImplied(from, to, all))
      .map((to) => edge(places.get(from), places.get(to))),
  );
  const boxes = [...places].map(([name, [x, y]]) =>
    [
      rect(x - BOX / 2, y, BOX, HEIGHT, "box", 6),
      text(x, y + 21, name, { as: "strong", anchor: "middle" }),
    ].join(""),
  );
  const title = "The packages: each stands above those that it imports";
  return picture(WIDTH, height, title, [...edges, ...boxes]);
}

type Point = readonly [x: number, y: number];

function edge([x1, y1]: Point = [0, 0], [x2, y2]: Point = [0, 0]): string {
  const [from, to] = [y1 + HEIGHT, y2];
  const middle = (from + to) / 2;
  return path(
    `M${round(x1)} ${round(from)}C${round(x1)} ${round(middle)} ${round(x2)} ${round(middle)} ${round(x2)} ${round(to)}`,
    "edge",
  );
}
