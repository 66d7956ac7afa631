import { fileURLToPath } from "node:url";

/** The path of a program beside this file, such as `children/family.mjs`. */
export function program(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** A module of `workers/`. */
export function workerModule(name: string): URL {
  return new URL(`workers/${name}`, import.meta.url);
}

/** A worker's module that is this text. */
export function moduleOf(source: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}
