import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { listFiles } from "./folder.js";
import type { Total } from "./ledger.js";
import { countWords } from "./words.js";

/** Counts the folder plainly, in one pass, with nobody else taking part: what the stack must find, too. */
export async function referenceCount(folder: string): Promise<Total> {
  let words = 0;
  const files = await listFiles(folder);
  for (const file of files) words += countWords(await readFile(join(folder, file), "utf8"));
  return { files: files.length, words };
}
