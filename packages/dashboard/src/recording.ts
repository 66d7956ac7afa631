// Keeps the last decisions, for "why" and "what if": what the policy was asked, what it answered, and what it remembered
// before. Bounded in entries and in bytes, whatever children write.

import { type JournalEntry, readArguments, readOptions } from "@steadfast/policy";
import type { TreeJournalEntry } from "@steadfast/supervisor/tree";

/** A decision, with what the policy remembered before it. */
export interface Kept {
  /** The child's path; empty for a supervision that stands alone. */
  readonly path: string;
  readonly entry: JournalEntry;
  /** Null where the policy was not asked. */
  readonly before: unknown;
}

/**
 * The last decisions of a supervision or of a tree.
 * @since 0.1.0
 */
export interface Recording {
  /** Takes an entry: the option `journal` of `supervise` and `superviseTree`. */
  readonly journal: (entry: JournalEntry | TreeJournalEntry, before: unknown) => void;
  /** How many entries are kept now. */
  readonly size: number;
  /** How many were dropped, because there were more than `most`. */
  readonly dropped: number;
}

/**
 * How much is kept.
 * @since 0.1.0
 */
export interface RecordingOptions {
  /** How many entries are kept, from 1 to 1 000 000. Default 10 000. */
  readonly most?: number;
}

/** A recording, and what a dashboard reads of it. */
export interface KeptRecording extends Recording {
  /** All entries, oldest first. */
  all(): Kept[];
  /** The last request about a child that the policy decided; null for none that is known. */
  lastOf(path: string): Kept | null;
}

/** Lines of standard error that are kept of an exit, and characters of each. */
const MOST_LINES = 3;
const MOST_CHARACTERS = 200;

/**
 * Keeps the last decisions, so that a dashboard can say why, and what another policy would have decided.
 *
 * Effect: only memory, and a bounded one: of each exit it keeps three lines of output and no stack. An entry costs the same
 * however many are kept. Errors: `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const seen = recording({ most: 1_000 });
 * const policy = lifetimeCap({ restarts: 3 });
 * const handle = supervise(taskLauncher(() => 1), { policy, journal: seen.journal });
 * seen.size; // => 1
 * await handle.stop();
 */
export function recording(options: RecordingOptions = {}): Recording {
  readArguments("recording", arguments, 1);
  const read = readOptions<RecordingOptions>("recording", options);
  const most = read.whole("most", { min: 1, max: 1_000_000, default: 10_000 });
  read.end();
  return new Ring(most);
}

/** Whether something is what `recording()` made, by any copy of this package. */
export function isRecording(value: unknown): value is KeptRecording {
  const { journal, all, lastOf } = (value ?? {}) as Partial<KeptRecording>;
  return [journal, all, lastOf].every((one) => typeof one === "function");
}

class Ring implements KeptRecording {
  readonly #kept: Kept[] = [];
  #count = 0;
  /** By path; the one that was decided longest ago comes first. */
  readonly #last = new Map<string, Kept>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.#kept.length;
  }

  get dropped(): number {
    return this.#count - this.#kept.length;
  }

  readonly journal = (entry: JournalEntry | TreeJournalEntry, before: unknown): void => {
    const { id: path = "", ...rest } = entry as Partial<TreeJournalEntry> & JournalEntry;
    const kept = { path, entry: bounded(rest), before };
    this.#kept[this.#count % this.most] = kept;
    this.#count += 1;
    if (entry.event.type === "launch" && !entry.by) this.#remember(kept);
  };

  #remember(kept: Kept): void {
    this.#last.delete(kept.path);
    this.#last.set(kept.path, kept);
    if (this.#last.size <= this.most) return;
    const [oldest] = this.#last.keys();
    this.#last.delete(oldest as string);
  }

  all(): Kept[] {
    const start = this.#count % this.most;
    if (this.dropped === 0) return this.#kept.slice();
    return [...this.#kept.slice(start), ...this.#kept.slice(0, start)];
  }

  lastOf(path: string): Kept | null {
    return this.#last.get(path) ?? null;
  }
}

/** Without the stack, and with little of the output. */
function bounded(entry: JournalEntry): JournalEntry {
  const { event } = entry;
  if (event.type !== "exited") return entry;
  const { stderrTail, ...exit } = event.exit as typeof event.exit & { error?: unknown };
  const lines = stderrTail?.slice(-MOST_LINES).map((line) => line.slice(0, MOST_CHARACTERS));
  const { stack: _, ...error } = (exit.error ?? {}) as { stack?: unknown };
  const short = { ...exit, ...(exit.error === undefined ? {} : { error }) };
  return {
    ...entry,
    event: {
      ...event,
      exit: (lines ? { ...short, stderrTail: lines } : short) as typeof event.exit,
    },
  };
}
