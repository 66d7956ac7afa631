// One question, put to a store: read, step, compare and set, until one of the three ends it. A conflict is
// tried again on what stands there now; a call that fails is tried again, too, until time is up.
//
// The first conflict is tried again at once. From the second on, and after a call that failed, comes a pause by chance, the
// longer the more there were, and then it is read: others have gone on meanwhile, and who went by what it heard
// before the pause would lose again. A conflict after which nothing is left to write ends the question without a pause.
//
// Where the store can, reading is left out at first: the question is stepped on what this host saw last, as of an
// instant that the store's clock had not passed when the question was put; the store writes only if that stands there and
// that instant has come. If not, its answer is what reading would have said. A guess that changes nothing is not
// believed: it is read.
//
// A `swap` that failed may have written all the same. What it wrote has a revision that only it used: if that
// stands there when it is read again, the decision that went with it holds. If something else stands there,
// whether it was written is not known; the question is stepped once more, so that the budget may have lost a
// launch and has never given one too many.

import type { RestartDecision, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { StoreContractError } from "./errors.js";
import { FAILED, type Patience } from "./patience.js";
import { stepStored } from "./step-stored.js";
import type { Entry, Store, Stored } from "./store.js";
import type { StoreClock } from "./store-clock.js";

export interface Question {
  readonly policy: RestartPolicy;
  readonly store: Store;
  readonly key: string;
  readonly events: readonly RestartEvent[];
  /** A name that nobody uses twice. */
  readonly nextRevision: () => string;
  readonly clock: StoreClock;
  /** What this host saw last under the key: null for nothing. */
  readonly seen: { entry: Entry | null };
}

/** The most that the first pause takes; each one more may take twice as much, up to the longest. */
const FIRST_PAUSE_MS = 8;
const LONGEST_PAUSE_MS = 64;

export async function decide(question: Question, patience: Patience): Promise<RestartDecision> {
  const { policy, store, key, events, nextRevision, clock, seen } = question;
  const { signal } = patience;
  const sent = new Map<string, RestartDecision>();
  let stored = guessed(question);
  let isGuess = stored !== null;
  let mostMs = FIRST_PAUSE_MS;
  for (let turn = isGuess ? 0 : 1; ; turn++) {
    const isHeard = stored !== null;
    if (!isHeard && turn > 1) {
      await patience.pause(mostMs);
      mostMs = Math.min(LONGEST_PAUSE_MS, 2 * mostMs);
    }
    const read: Stored | typeof FAILED =
      stored ?? (await patience.tries(() => clock.hearing(() => store.read(key, signal))));
    stored = null;
    if (read === FAILED) continue;
    const standing = checked(store, "read", read);
    const { entry } = standing;
    seen.entry = entry;
    const written = entry && sent.get(entry.revision);
    if (written) return written;
    const { decision, value } = stepStored(policy, standing, events);
    if (value === null && !isGuess) return decision;
    // Who meets another one only once loses no time over it; who meets them again lets them go first.
    if (value !== null && !(isHeard && turn > 2)) {
      const next = { revision: nextRevision(), value };
      sent.set(next.revision, decision);
      const asOf = isGuess ? standing.now : undefined;
      const expected = entry?.revision ?? null;
      const left = await patience.tries(() =>
        clock.hearing(() => store.swap(key, expected, next, signal, asOf)),
      );
      if (left === null) {
        seen.entry = next;
        return decision;
      }
      stored = left === FAILED ? null : checked(store, "swap", left);
    }
    isGuess = false;
  }
}

/** What stands there, as far as this host knows without reading; null if it cannot go by that. */
function guessed({ store, clock, seen }: Question): Stored | null {
  const now = store.swapsAsOf ? clock.atMost() : null;
  return now === null ? null : { now, entry: seen.entry };
}

/** @throws StoreContractError if a store answered something else than it must. */
function checked(store: Store, call: "read" | "swap", stored: Stored): Stored {
  if (Number.isFinite(stored?.now) && isEntry(stored?.entry)) return stored;
  const what = "{ now: milliseconds, entry: { revision, value } or null }";
  throw new StoreContractError(
    `${store.name}: ${call}() must answer ${what}, got ${JSON.stringify(stored)}`,
  );
}

function isEntry(entry: Entry | null | undefined): boolean {
  if (entry === null) return true;
  return typeof entry?.revision === "string" && typeof entry.value === "string";
}
