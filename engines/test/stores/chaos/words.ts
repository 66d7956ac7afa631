// What the processes of a chaos run tell each other.

export type StoreKind = "redis" | "postgres";

/** How a client begins. */
export interface Orders {
  readonly kind: StoreKind;
  readonly port: number;
  readonly limit: number;
  readonly windowMs: number;
  /** Whether it uses a store that compares nothing: the checker must see that. */
  readonly blind: boolean;
}

/** One question of a client, and what came of it. */
export interface Asked {
  readonly answer: "launch" | "refuse" | "unreachable";
  /** The store's clock when it was decided; null where nobody knows. */
  readonly at: number | null;
}

/** The key that all clients share. */
export const KEY = "web";
