// The journal: one JSON line per event and decision, with the child's name.

import { closeSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "@steadfast/policy";

/** A line of the file. */
export type JournalLine = JournalEntry & { readonly child: string };

export class Journal {
  readonly file: string;
  readonly #descriptor: number;

  /** Opens the file. Throws Node's error if that cannot be done. */
  constructor(file: string | null) {
    this.file = file ?? join(tmpdir(), `steadfast-sample-${process.pid}.jsonl`);
    this.#descriptor = openSync(this.file, "w");
  }

  readonly write = (child: string, entry: JournalEntry): void => {
    writeSync(this.#descriptor, `${JSON.stringify({ child, ...entry } satisfies JournalLine)}\n`);
  };

  close(): void {
    closeSync(this.#descriptor);
  }
}
