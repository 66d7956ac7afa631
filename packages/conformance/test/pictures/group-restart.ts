// A group restart with delays, simulated: all go down in reverse order, wait together, and come up in order.

import { simulateTree, type TreeHappened } from "@steadfast/analysis";
import { backoff, constant } from "@steadfast/backoff";
import { cross, picture, rect, text, timeAxis } from "./drawing.js";

const FOR_MS = 3_000;
const [WIDTH, LEFT, ROW, TOP] = [900, 120, 52, 44];
const x = (at: number) => LEFT + (at / FOR_MS) * (WIDTH - LEFT - 30);

export function groupRestartPicture(): string {
  const delay = backoff({ curve: constant({ delayMs: 600 }), jitter: "none" });
  const children = ["database", "server", "worker"].map((id) => ({ id, policy: delay }));
  const { happened } = simulateTree(
    {
      strategy: "one-for-all",
      children: children.map((one) => ({ ...one, readiness: "explicit" as const })),
    },
    {
      children: {
        database: { readyMs: 200, stopMs: 150, uptimeMs: Number.MAX_SAFE_INTEGER },
        server: { readyMs: 200, stopMs: 150, uptimeMs: [900, Number.MAX_SAFE_INTEGER] },
        worker: { readyMs: 200, stopMs: 150, uptimeMs: Number.MAX_SAFE_INTEGER },
      },
      forMs: FOR_MS,
    },
  );
  const height = TOP + children.length * ROW + 40;
  const marks = [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000].map(
    (at) => [x(at), `${at} ms`] as const,
  );
  return picture(WIDTH, height, "A restart of the whole group, with a delay of 600 ms", [
    text(
      LEFT,
      18,
      "one-for-all, each child has a delay of 600 ms: server fails, all go down in reverse, and come up in order",
      { as: "soft" },
    ),
    ...children.map(({ id }, i) =>
      rowOf(
        id,
        happened.filter(({ child }) => child === id),
        TOP + i * ROW,
      ),
    ),
    timeAxis(height - 34, LEFT, WIDTH - 30, marks),
  ]);
}

const LOOKS: Readonly<Partial<Record<TreeHappened["type"], string>>> = {
  launched: "box",
  ready: "up",
  stopping: "wait",
};

function rowOf(id: string, own: readonly TreeHappened[], top: number): string {
  const y = top + 12;
  const parts: string[] = [text(20, y + 18, id, { as: "mono" })];
  for (const [i, one] of own.entries()) {
    const look = LOOKS[one.type];
    const until =
      own.slice(i + 1).find(({ type }) => type in LOOKS || type === "exited")?.at ?? FOR_MS;
    if (look !== undefined) parts.push(rect(x(one.at), y, x(until) - x(one.at), 26, look));
    if (one.type === "exited" && one.failed) parts.push(cross(x(one.at), y + 13, 7));
  }
  return parts.join("\n");
}
