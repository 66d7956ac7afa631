// The curves of `backoff`, and what the jitters make of one: the delay before each restart, asked of the policy itself.

import {
  backoff,
  constant,
  decorrelated,
  exponential,
  linear,
  proportional,
} from "@steadfast/backoff";
import type { RestartPolicy } from "@steadfast/policy";
import { path, picture, round, text, through } from "./drawing.js";

const RESTARTS = 8;
const CAP_MS = 10_000;
const [WIDTH, HEIGHT] = [900, 300];
const PANELS = [
  [60, 400],
  [500, 840],
] as const;
const [TOP, BOTTOM] = [44, 250];

const y = (delay: number) =>
  BOTTOM - (Math.min(delay, CAP_MS * 1.05) / (CAP_MS * 1.05)) * (BOTTOM - TOP);

/** The delays before the first restarts, with the same draw each time. */
function delays(policy: RestartPolicy, draw: number): readonly number[] {
  const exit = { kind: "failed", code: 1 } as const;
  let state = policy.initial();
  let now = 0;
  return Array.from({ length: RESTARTS }, () => {
    [state] = policy.step(state, { type: "exited", exit, failed: true, uptimeMs: 0 }, now);
    const request = { type: "launch", cause: "restart", draw, wall: now } as const;
    const [next, decision] = policy.step(state, request, now);
    const delayMs = decision.type === "launch" ? decision.delayMs : 0;
    [state, now] = [next, now + Math.ceil(delayMs)];
    return delayMs;
  });
}

const plain = { initialMs: 200, factor: 2, capMs: CAP_MS };

const CURVES: readonly [string, string, RestartPolicy][] = [
  ["exponential", "one", backoff({ curve: exponential(plain), jitter: "none" })],
  [
    "linear",
    "two",
    backoff({ curve: linear({ initialMs: 200, incrementMs: 1_000 }), jitter: "none" }),
  ],
  ["constant", "three", backoff({ curve: constant({ delayMs: 2_000 }), jitter: "none" })],
];

const JITTERS: readonly [string, RestartPolicy][] = [
  ["none", backoff({ ...plain, jitter: "none" })],
  ["full", backoff({ ...plain, jitter: "full" })],
  ["equal", backoff({ ...plain, jitter: "equal" })],
  ["proportional", backoff({ ...plain, jitter: proportional({ low: 0.8, high: 1.2 }) })],
  ["decorrelated", backoff({ ...plain, jitter: decorrelated() })],
];

export function curvesPicture(): string {
  return picture(WIDTH, HEIGHT, "The curves of backoff, and the range of each jitter", [
    ...frame(PANELS[0], "curves: the delay before restart n"),
    ...curves(PANELS[0]),
    ...frame(PANELS[1], "jitters: restart 5 of the exponential one, from draw 0 to 1"),
    ...jitters(PANELS[1]),
  ]);
}

type Panel = readonly [left: number, right: number];

function frame([left, right]: Panel, title: string): readonly string[] {
  const lines = [0, 2_500, 5_000, 7_500, 10_000].map(
    (delay) =>
      path(`M${left} ${round(y(delay))}H${right}`, "line") +
      text(left - 8, y(delay) + 4, `${delay / 1_000} s`, { as: "small soft", anchor: "end" }),
  );
  return [text(left, 22, title, { as: "strong small" }), ...lines];
}

function curves([left, right]: Panel): readonly string[] {
  const x = (n: number) => left + ((n + 0.5) / RESTARTS) * (right - left);
  const numbers = Array.from({ length: RESTARTS }, (_, n) =>
    text(x(n), BOTTOM + 18, `${n + 1}`, { as: "small soft", anchor: "middle" }),
  );
  const lines = CURVES.map(([name, as, policy], i) => {
    const points = delays(policy, 0.5).map((delay, n) => [x(n), y(delay)] as const);
    const key = left + 10 + i * 110;
    return [
      through(points, as),
      through(
        [
          [key, BOTTOM + 38],
          [key + 20, BOTTOM + 38],
        ],
        as,
      ),
      text(key + 26, BOTTOM + 42, name, { as: "small" }),
    ].join("");
  });
  return [...numbers, ...lines];
}

const LARGEST = 1 - 2 ** -53;
const SHOWN = 4;

function jitters([left, right]: Panel): readonly string[] {
  const step = (right - left) / JITTERS.length;
  return JITTERS.map(([name, policy], i) => {
    const [low = 0, high = 0] = [0, LARGEST].map((draw) => delays(policy, draw)[SHOWN] ?? 0);
    const middle = left + step * (i + 0.5);
    const [top, bottom] = [y(Math.max(low, high)), y(Math.min(low, high))];
    return [
      `<rect x="${round(middle - 14)}" y="${round(top)}" width="28" height="${round(Math.max(2, bottom - top))}" class="band"/>`,
      path(
        `M${round(middle - 14)} ${round(top)}h28M${round(middle - 14)} ${round(bottom)}h28`,
        "one",
      ),
      text(middle, BOTTOM + 18 + (i % 2) * 15, name, { as: "small soft", anchor: "middle" }),
    ].join("");
  });
}
