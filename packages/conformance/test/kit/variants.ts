// The cores with what the laws about options need: the same policy in other units, and the policies that
// differ from it in one option, each of which must decide otherwise somewhere.

import { backoff } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import type { Row } from "./cores.js";

const pausing = { limit: 3, windowMs: 1_000, pauseMs: 5_000, maxPauses: 2 } as const;
const window = { limit: 3, windowMs: 1_000 } as const;

export const variants: readonly Row[] = [
  [
    "slidingWindow: in other units, and with each option changed",
    slidingWindow(window),
    {
      scaled: (factor) => slidingWindow({ ...window, windowMs: 1_000 * factor }),
      variants: {
        limit: slidingWindow({ ...window, limit: 2 }),
        windowMs: slidingWindow({ ...window, windowMs: 900 }),
        edge: slidingWindow({ ...window, edge: "closed" }),
        counts: slidingWindow({ ...window, counts: "failures" }),
        tripAt: slidingWindow({ ...window, tripAt: "over-limit" }),
        recordRefused: slidingWindow({ ...window, recordRefused: true }),
      },
    },
  ],
  [
    "pausingWindow: in other units, and with each option changed",
    pausingWindow(pausing),
    {
      scaled: (factor) =>
        pausingWindow({ ...pausing, windowMs: 1_000 * factor, pauseMs: 5_000 * factor }),
      variants: {
        limit: pausingWindow({ ...pausing, limit: 2 }),
        windowMs: pausingWindow({ ...pausing, windowMs: 900 }),
        pauseMs: pausingWindow({ ...pausing, pauseMs: 4_000 }),
        maxPauses: pausingWindow({ ...pausing, maxPauses: 1 }),
        edge: pausingWindow({ ...pausing, edge: "closed" }),
      },
    },
  ],
  [
    "backoff: in other units, and with each option changed",
    backoff(),
    {
      scaled: (factor) => backoff({ initialMs: 200 * factor, capMs: 30_000 * factor }),
      variants: {
        initialMs: backoff({ initialMs: 100 }),
        factor: backoff({ factor: 3 }),
        capMs: backoff({ capMs: 20_000 }),
        jitter: backoff({ jitter: "none" }),
        resetAfterMs: backoff({ resetAfterMs: 60_000 }),
        counts: backoff({ counts: "restarts" }),
        from: backoff({ from: "launch" }),
      },
    },
  ],
  [
    "crashBudget: in other units, and with each option changed",
    crashBudget(),
    {
      scaled: (factor) => crashBudget({ windowMs: 30_000 * factor, retryDelayMs: 250 * factor }),
      variants: {
        retries: crashBudget({ retries: 2 }),
        windowMs: crashBudget({ windowMs: 20_000 }),
        retryDelayMs: crashBudget({ retryDelayMs: 100 }),
        counts: crashBudget({ counts: "launches" }),
        edge: crashBudget({ edge: "closed" }),
        onHealthy: crashBudget({ onHealthy: "ignore" }),
      },
    },
  ],
  [
    "decayingBudget: in other units, and with each option changed",
    decayingBudget(),
    {
      scaled: (factor) => decayingBudget({ halfLifeMs: 30_000 * factor, pauseMs: 15_000 * factor }),
      variants: {
        halfLifeMs: decayingBudget({ halfLifeMs: 10_000 }),
        threshold: decayingBudget({ threshold: 3 }),
        pauseMs: decayingBudget({ pauseMs: 10_000 }),
        onTrip: decayingBudget({ onTrip: "delay" }),
      },
    },
  ],
];
