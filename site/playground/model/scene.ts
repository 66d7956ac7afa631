// What the playground shows, all of it: the address is made of this, and this of the address. Bounds keep a link of somebody
// who means harm from holding up the page.

import type { Json, Millis } from "@steadfast/policy";

/** What happens to the child, or is ordered, at an instant. */
export type MarkKind = "crash" | "clean" | "reset";

export const MARK_KINDS = ["crash", "clean", "reset"] as const satisfies readonly MarkKind[];

/** One thing on the time line, that a person can drag. */
export interface Mark {
  /** Where it stands, in whole milliseconds from the start. */
  readonly at: Millis;
  readonly kind: MarkKind;
}

/** A policy as a document of `@steadfast/spec`, right or wrong. */
export type PolicyDocument = Json;

export interface Scene {
  readonly a: PolicyDocument;
  /** The one that it is compared with; null: none. */
  readonly b: PolicyDocument | null;
  /** In any order; of two at one instant the first in the list comes first. */
  readonly marks: readonly Mark[];
  /** Where the time line ends; this instant belongs to it. */
  readonly forMs: Millis;
  /** What `supervise` would get; null: what the preset says, else 10 s. */
  readonly healthyAfterMs: Millis | null;
  /** Of all chance: a whole number. */
  readonly seed: number;
}

export const MOST = {
  /** Marks on the line. */
  marks: 100,
  /** Policies in a document, and how deep they stand in each other. */
  policies: 40,
  depth: 6,
  /** Length of the line: a thousand days. */
  forMs: 86_400_000_000,
  seed: 2 ** 32 - 1,
  /** Characters of an address, behind its `#`, and of a document. */
  address: 12_000,
  document: 4_000,
} as const;

/** What a newcomer sees: a service that crashes in a loop, and gives up too early with `allOf`. */
export const START: Scene = {
  a: {
    kind: "inTurn",
    members: [
      { kind: "backoff", options: { initialMs: "200ms", capMs: "5s", jitter: "none" } },
      { kind: "slidingWindow", options: { limit: 5, windowMs: "30s" } },
    ],
  },
  b: null,
  marks: [1_000, 2_000, 3_500, 6_000, 9_000, 14_000, 36_000].map((at) => ({ at, kind: "crash" })),
  forMs: 60_000,
  healthyAfterMs: null,
  seed: 1,
};
