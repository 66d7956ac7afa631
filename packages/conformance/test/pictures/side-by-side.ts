// allOf and inTurn with the same members: what the window counts is the instant at which it says yes, or the launch.

import { simulate } from "@steadfast/analysis";
import { backoff, constant } from "@steadfast/backoff";
import { allOf, giveUp, inTurn, type RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { cross, path, picture, round, text, timeAxis } from "./drawing.js";

const FOR_MS = 9_000;
const [WIDTH, LEFT, ROW, TOP] = [900, 215, 92, 40];
const x = (at: number) => LEFT + (at / FOR_MS) * (WIDTH - LEFT - 40);

const window = slidingWindow({ limit: 3, windowMs: 5_000 });
const delay = backoff({ curve: constant({ delayMs: 2_000 }), jitter: "none" });

export function sideBySidePicture(): string {
  const rows: readonly [string, RestartPolicy][] = [
    ["allOf(window, backoff)", allOf(giveUp(window), delay)],
    ["inTurn(backoff, window)", inTurn(delay, giveUp(window))],
  ];
  const height = TOP + rows.length * ROW + 40;
  const marks = Array.from({ length: 10 }, (_, i) => [x(i * 1_000), `${i} s`] as const);
  return picture(WIDTH, height, "allOf counts admissions, inTurn counts launches", [
    text(LEFT, 16, "limit 3 in 5 s, a delay of 2 s, and a child that ends at once", { as: "soft" }),
    ...rows.map(([name, policy], i) => rowOf(name, policy, TOP + i * ROW)),
    timeAxis(height - 34, LEFT, WIDTH - 30, marks),
  ]);
}

function rowOf(name: string, policy: RestartPolicy, top: number): string {
  const y = top + 36;
  const { launches, refusals } = simulate(policy, { uptimeMs: 0, forMs: FOR_MS });
  const arcs = launches.map(({ at, admittedAt }) => {
    if (at === admittedAt) return "";
    const [from, to] = [round(x(admittedAt)), round(x(at))];
    return path(`M${from} ${y}Q${round((from + to) / 2)} ${y - 34} ${to} ${y}`, "two");
  });
  const dots = launches.map(
    ({ at }) => `<circle cx="${round(x(at))}" cy="${y}" r="5" class="up"/>`,
  );
  const ends = refusals
    .filter(({ retryAfterMs }) => retryAfterMs === null)
    .map(
      ({ at }) =>
        cross(x(at), y) + text(x(at) + 12, y + 20, "never: window-full", { as: "small soft" }),
    );
  return [
    text(20, y + 4, name, { as: "mono" }),
    path(`M${LEFT} ${y}H${WIDTH - 30}`, "line"),
    ...arcs,
    ...dots,
    ...ends,
    text(LEFT, y + 20, `${launches.length} launches`, { as: "small soft" }),
  ].join("\n");
}
