import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { PolicyOptionsError } from "@steadfast/policy";

const ALLOWED =
  "a function that returns a new Worker, a URL of file: or data:, an absolute path, or a path that begins with ./ or ../";

/**
 * The URL of a worker's module, by Node's rules for `new Worker`. A relative path is resolved here,
 * once: a later change of the working directory does not change what is started again.
 *
 * @throws PolicyOptionsError
 */
export function workerEntry(owner: string, entry: unknown): URL {
  if (typeof entry === "string" && (isAbsolute(entry) || /^\.\.?[\\/]/.test(entry))) {
    return pathToFileURL(entry);
  }
  if (entry instanceof URL && (entry.protocol === "file:" || entry.protocol === "data:")) {
    return new URL(entry);
  }
  throw new PolicyOptionsError(owner, "entry", ALLOWED, entry);
}
