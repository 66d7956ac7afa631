// The journal: one JSON line per event and decision, with the child's path.

import { closeSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TreeJournalEntry } from "@steadfast/supervisor/tree";

export class Journal {
  readonly file: string;
  readonly #descriptor: number;

  /** Opens the file. Throws Node's error if that cannot be done. */
  constructor(file: string | null) {
    this.file = file ?? join(tmpdir(), `steadfast-sample-${process.pid}.jsonl`);
    this.#descriptor = openSync(this.file, "w");
  }

  readonly write = (entry: TreeJournalEntry): void => {
    writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`);
  };

  close(): void {
    closeSync(this.#descriptor);
  }
}
