// Half-open and closed: the same launches, asked of the window itself, one millisecond before its end, at it and behind it.

import { slidingWindow } from "@steadfast/sliding-window";
import { cross, path, picture, rect, round, text } from "./drawing.js";

const WINDOW_MS = 1_000;
const FIRST = [0, 400] as const;
/** Asked, each by itself, after the first ones. */
const ASKED = [999, 1_000, 1_001] as const;

const [WIDTH, LEFT, ROW] = [900, 190, 116];
const x = (at: number) => LEFT + (at / 1_150) * (WIDTH - LEFT - 30);
/** Around the end of the window a millisecond is as wide as a word. */
const near = (at: number) => x(WINDOW_MS) + (at - WINDOW_MS) * 42;

export function edgesPicture(): string {
  const rows = (["half-open", "closed"] as const).map((edge, i) => rowOf(edge, 34 + i * ROW));
  const legend = text(
    LEFT,
    14,
    "limit 2, windowMs 1 000; launches at 0 and 400. May it be launched at …?",
    {
      as: "soft",
    },
  );
  return picture(
    WIDTH,
    34 + 2 * ROW,
    "A half-open window admits exactly at its end, a closed one a millisecond later",
    [legend, ...rows],
  );
}

function rowOf(edge: "half-open" | "closed", top: number): string {
  const middle = top + 40;
  const policy = slidingWindow({ limit: 2, windowMs: WINDOW_MS, edge });
  const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
  let state = policy.initial();
  for (const at of FIRST) [state] = policy.step(state, request, at);
  const asked = ASKED.map((at, i) => {
    const [, decision] = policy.step(state, request, at);
    const isIn = decision.type === "launch";
    const mark = isIn
      ? `<circle cx="${round(near(at))}" cy="${middle}" r="5" class="up"/>`
      : cross(near(at), middle);
    const words = text(near(at), middle + 22 + (i % 2) * 14, `${at}`, {
      as: "small soft",
      anchor: "middle",
    });
    return mark + words;
  });
  const end = edge === "closed" ? near(WINDOW_MS) + 18 : near(WINDOW_MS) - 18;
  const bracket = edge === "closed" ? "]" : ")";
  return [
    text(20, middle + 4, edge, { as: "strong" }),
    text(20, middle + 22, edge === "closed" ? "0 ≤ t ≤ 1 000" : "0 ≤ t < 1 000", {
      as: "soft small",
    }),
    rect(x(0), middle - 15, end - x(0), 30, "box"),
    text(x(0) - 3, middle + 8, "[", { as: "strong", anchor: "end" }),
    text(end + 4, middle - 8, bracket, { as: "strong" }),
    ...FIRST.map(
      (at) =>
        `<circle cx="${round(x(at))}" cy="${middle}" r="5" class="up"/>${text(x(at), middle + 32, `${at}`, { as: "small soft", anchor: "middle" })}`,
    ),
    path(`M${round(near(998.6))} ${middle}H${round(near(1_001.5))}`, "line"),
    ...asked,
  ].join("\n");
}
