// Compositions to begin with: those that Which policy? recommends, each with crashes that show what it does.

import { type Mark, type PolicyDocument, START } from "./scene.ts";

export interface Example {
  readonly name: string;
  readonly a: PolicyDocument;
  readonly b?: PolicyDocument;
  readonly forMs?: number;
  readonly crashes?: readonly number[];
  /** Where the child ends well. */
  readonly cleanAt?: number;
}

const quick = { kind: "backoff", options: { initialMs: "200ms", capMs: "5s", jitter: "none" } };
const six = { kind: "giveUp", members: ["6/10s failures"] };
const MINUTE = 60_000;

const every = (gapMs: number, forMs: number) =>
  Array.from({ length: Math.floor(forMs / gapMs) }, (_, i) => (i + 1) * gapMs);

export const EXAMPLES: readonly Example[] = [
  { name: "A delay that grows, then a limit", a: START.a },
  {
    name: "Give up after six crashes in ten seconds: allOf or inTurn?",
    a: { kind: "allOf", members: [quick, six] },
    b: { kind: "inTurn", members: [quick, six] },
    forMs: 30_000,
    crashes: [100, 400, 1_000, 2_000, 4_000, 7_500, 13_500, 19_000, 25_000],
  },
  {
    name: "Jitter: none or full",
    a: { kind: "backoff", options: { initialMs: "500ms", capMs: "10s", jitter: "none" } },
    b: { kind: "backoff", options: { initialMs: "500ms", capMs: "10s", jitter: "full" } },
    crashes: [1_000, 2_500, 5_000, 8_000, 13_000, 25_000, 40_000],
  },
  {
    name: "A pause longer than its window",
    a: {
      kind: "pausingWindow",
      options: { limit: 3, windowMs: "2m", pauseMs: "5m", maxPauses: 2 },
    },
    b: "3/2m failures",
    forMs: 20 * MINUTE,
    crashes: every(40_000, 20 * MINUTE),
  },
  {
    name: "A clean exit must not restart",
    a: { kind: "allOf", members: ["on-failure", quick] },
    b: { kind: "allOf", members: ["always", quick] },
    crashes: [1_000, 2_500, 15_000, 30_000],
    cleanAt: 22_000,
  },
  {
    name: "One retry, then leave it alone",
    a: { kind: "crashBudget", options: { retries: 1, windowMs: "30s", retryDelayMs: "250ms" } },
  },
  {
    name: "A storm of failures",
    a: { kind: "decayingBudget", options: { halfLifeMs: "10s", threshold: 3, pauseMs: "15s" } },
    crashes: [3_000, 15_000, 27_000, 28_000, 29_000, 30_000, 50_000],
  },
  {
    name: "systemd or Kubernetes",
    a: { preset: "systemd", options: { restart: "on-failure", restartMs: "1s" } },
    b: { preset: "kubernetes" },
    forMs: 10 * MINUTE,
    crashes: every(20_000, 10 * MINUTE),
  },
];

/** What the line shows with an example. */
export function worldOf({ crashes, cleanAt, forMs = START.forMs }: Example) {
  if (crashes === undefined) return { marks: START.marks, forMs };
  const marks: readonly Mark[] = [
    ...crashes.map((at): Mark => ({ at, kind: "crash" })),
    ...(cleanAt === undefined ? [] : [{ at: cleanAt, kind: "clean" } as const]),
  ];
  return { marks, forMs };
}
