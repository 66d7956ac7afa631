// Which files are counted: Markdown, text and licence files below a folder. Links are not followed.

import { access, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const INSTALLED = fileURLToPath(new URL("../../../node_modules/.pnpm", import.meta.url));
const SHIPPED = fileURLToPath(new URL("../fixture", import.meta.url));
const COUNTED = /\.(md|markdown|txt)$|^(licen[cs]e|notice|copying)[^/]*$/i;

/** The installed dependencies of this repository, or the folder that is shipped with the app. */
export async function defaultFolder(): Promise<string> {
  try {
    await access(INSTALLED);
    return INSTALLED;
  } catch {
    return SHIPPED;
  }
}

/** The paths of all files to count, relative to the folder, sorted. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && COUNTED.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
