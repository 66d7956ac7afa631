import { type JournalEntry, journalEntry } from "@steadfast/policy";
import { guarded } from "./guarded.js";

/** Writes to a user's journal. One that throws, or rejects, is written to no more, and told once. */
export class JournalWriter<Entry extends JournalEntry = JournalEntry> {
  #isKept = true;

  constructor(
    private readonly journal: (entry: Entry, before: unknown) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  write(entry: Entry, before: unknown): void {
    if (!this.#isKept) return;
    guarded(
      () => this.journal(journalEntry(entry) as Entry, before),
      (error) => {
        if (this.#isKept) this.onError(error);
        this.#isKept = false;
      },
    );
  }
}
