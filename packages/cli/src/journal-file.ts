// `--journal FILE`: every event of a policy with its decision, as one line of JSON at the end of the file. The core
// bounds an entry, and no output of a child gets in. A file that cannot be written any more is said once.

import { closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { JournalEntry } from "@steadfast/policy";
import { CliError, messageOf } from "./cli-error.js";

export interface JournalFile extends Disposable {
  write(entry: JournalEntry): void;
}

/** Nothing is written where no file is named. Throws CliError for a file that cannot be opened. */
export function journalFile(
  file: string | undefined,
  cwd: string,
  say: (line: string) => void,
): JournalFile {
  if (file === undefined) return { write() {}, [Symbol.dispose]() {} };
  const descriptor = opened(file, cwd);
  let isWhole = true;
  return {
    write(entry) {
      if (!isWhole) return;
      try {
        writeSync(descriptor, `${JSON.stringify(entry)}\n`);
      } catch (error) {
        isWhole = false;
        say(`${file}: the journal ends here: ${messageOf(error)}`);
      }
    },
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

function opened(file: string, cwd: string): number {
  try {
    return openSync(resolve(cwd, file), "a");
  } catch (error) {
    throw new CliError(`the journal cannot be written: ${messageOf(error)}`, { file });
  }
}
