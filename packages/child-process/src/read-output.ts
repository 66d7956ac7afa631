// Checks where output is to go, once, when a launcher is made.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { OutputFile, OutputSinks } from "./output-options.js";
import { promiseIn } from "./promise-in.js";
import type { Limits } from "./rotation.js";

/** Where a stream goes, checked. */
export interface OutputRoute {
  /** To the host's stream, byte by byte. */
  readonly passesOn: boolean;
  readonly line: OutputSinks["line"];
  /** The label; null for the child's id, undefined for no prefix. */
  readonly prefix: string | null | undefined;
  readonly file: FileRoute | undefined;
}

/** The file of a stream. */
export interface FileRoute {
  path(info: LaunchInfo): string;
  /** Undefined: it grows without limit. */
  readonly limits: Limits | undefined;
}

const NOWHERE: OutputRoute = {
  passesOn: false,
  line: undefined,
  prefix: undefined,
  file: undefined,
};

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/**
 * Reads one of the two options.
 *
 * @param isFactory the streams belong to a factory: they can only be read along.
 * @throws PolicyOptionsError naming what is wrong, without showing the value.
 */
export function readRoute(
  owner: string,
  name: string,
  target: unknown,
  isFactory: boolean,
): OutputRoute {
  const words = isFactory ? [] : ["inherit", "ignore"];
  if (target === undefined || words.includes(target as string)) {
    const passesOn = !isFactory && target !== "ignore";
    return passesOn ? { ...NOWHERE, passesOn } : NOWHERE;
  }
  if (typeof target !== "object" || target === null) {
    const allowed = [...words, "an object with line, prefix or file"].join(", ");
    throw new PolicyOptionsError(owner, name, `one of ${allowed}`, shown(target));
  }
  return readSinks(`${owner}.${name}`, target);
}

function readSinks(owner: string, sinks: OutputSinks): OutputRoute {
  const read = readOptions<OutputSinks>(owner, sinks);
  const line = read.checked<OutputSinks["line"] | null>(
    "line",
    "a function",
    (value) => typeof value === "function",
    null,
  );
  const prefix = read.checked<OutputSinks["prefix"] | null>(
    "prefix",
    "true, or a text without line ends",
    (value) => value === true || (isText(value) && !/[\r\n]/.test(value)),
    null,
  );
  const file = read.raw("file");
  read.end();
  if (!line && !prefix && file === undefined) {
    throw new PolicyOptionsError(
      owner,
      "options",
      "an object with line, prefix or file",
      "none of them",
    );
  }
  return {
    passesOn: false,
    line: line ?? undefined,
    prefix: prefix === true ? null : (prefix ?? undefined),
    file: file === undefined ? undefined : readFile(owner, file),
  };
}

function readFile(owner: string, file: unknown): FileRoute {
  if (isText(file)) return { path: () => file, limits: undefined };
  if (typeof file !== "object" || file === null) {
    throw new PolicyOptionsError(owner, "file", "a path, or an object with one", typeof file);
  }
  const place = `${owner}.file`;
  const read = readOptions<OutputFile>(place, file as OutputFile);
  const path = read.checked<OutputFile["path"]>(
    "path",
    "a path, or a function that makes one",
    (value) => isText(value) || typeof value === "function",
  );
  const hasLimit = read.raw("maxBytes") !== undefined;
  const limits = hasLimit && {
    maxBytes: read.whole("maxBytes", { min: 1 }),
    keep: read.whole("keep", { max: 1_000, default: 5 }),
  };
  if (!hasLimit && read.raw("keep") !== undefined) {
    throw new PolicyOptionsError(
      place,
      "keep",
      "left out where there is no maxBytes",
      read.raw("keep"),
    );
  }
  read.end();
  return { path: pathMaker(place, path), limits: limits || undefined };
}

/** A path for each attempt; an empty one, or a promise of one, is a programming error. */
function pathMaker(owner: string, path: OutputFile["path"]): (info: LaunchInfo) => string {
  return (info) => {
    const made: unknown = typeof path === "function" ? path(info) : path;
    if (isText(made)) return made;
    void promiseIn(made); // it may reject
    throw new PolicyOptionsError(
      owner,
      "path",
      "a path, or a function that makes one",
      typeof made,
    );
  };
}

/** A word may be shown; anything else might be a secret. */
function shown(target: unknown): unknown {
  return typeof target === "string" && target.length < 20 ? target : typeof target;
}
