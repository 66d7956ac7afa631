import { type JournalEntry, journalEntry } from "@steadfast/policy";
import { guarded } from "./guarded.js";

/** Writes to a user's journal. One that throws, or rejects, is written to no more, and told once. */
export class JournalWriter<Entry extends JournalEntry = JournalEntry> {
  #isKept = true;

  constructor(
    private readonly journal: (entry: Entry) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  write(entry: Entry): void {
    if (!this.#isKept) return;
    guarded(
      () => this.journal(journalEntry(entry) as Entry),
      (error) => {
        if (this.#isKept) this.onError(error);
        this.#isKept = false;
      },
    );
  }
}
