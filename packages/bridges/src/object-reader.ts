// Reads a parsed object (of YAML, JSON or a module) key by key, and reports by path what nobody has read.

import { changed, dropped, type Finding } from "./imported.js";
import { ownEntry, setEntry } from "./own-entry.js";
import { isId, NO_ID } from "./service.js";

type Path = readonly (string | number)[];

/** An object whose keys are read one by one. */
export interface ObjectReader {
  /** Where it stands. */
  readonly path: Path;
  /** Its own keys, in order. */
  readonly keys: readonly string[];
  /** The value as it is, or undefined; null counts as left out. */
  raw(key: string): unknown;
  /** A text; numbers and booleans are taken for what they are written as. */
  text(key: string): string | undefined;
  /** A number from 0 on, of a text as well, that is counted in milliseconds if it is seconds; what is none is reported. */
  number(key: string): number | undefined;
  /** A whole number in a range, likewise. */
  whole(key: string, least: number, most?: number): number | undefined;
  /** True or false; what is neither is reported. */
  flag(key: string): boolean | undefined;
  /** One of a list of words; another one is reported. */
  word<Word extends string>(key: string, words: readonly Word[]): Word | undefined;
  /** Texts: a list, or one alone. */
  texts(key: string): readonly string[] | undefined;
  /** An object in it; anything else is reported. */
  inside(key: string): ObjectReader | undefined;
  /** Reports on one key. */
  dropped(key: string, message: string): void;
  changed(key: string, message: string): void;
  /** Reports what nobody has read, with the reasons that are known. */
  end(reasons?: { readonly [key: string]: string }, silent?: readonly string[]): void;
}

/** The most seconds that are milliseconds, too. */
const MOST = Math.floor(Number.MAX_SAFE_INTEGER / 1_000);
const NO_COUNTERPART = "it has no counterpart here";

const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const asText = (one: unknown) => (isScalar(one) ? String(one) : undefined);

function asNumber(one: unknown): number | undefined {
  const text = asText(one)?.trim() ?? "";
  const isInRange = text !== "" && Number(text) >= 0 && Number(text) <= MOST;
  return isInRange ? Number(text) : undefined;
}

function asFlag(one: unknown): boolean | undefined {
  const word = asText(one)?.toLowerCase();
  return word === "true" || word === "false" ? word === "true" : undefined;
}

function asTexts(one: unknown): readonly string[] | undefined {
  const list = [one].flat();
  return list.every(isScalar) ? list.map(String) : undefined;
}

/** Starts reading `value`, which is at `path` of the source; undefined, with a finding, for what is no object. */
export function objectReader(
  value: unknown,
  path: Path,
  report: Finding[],
): ObjectReader | undefined {
  const part = (key?: string) => [...path, ...(key === undefined ? [] : [key])].join(".");
  if (!isObject(value)) {
    report.push({ ...dropped(part(), "it is no object"), path });
    return undefined;
  }
  const seen = new Set<string>();
  const say = (make: typeof dropped) => (key: string, message: string) => {
    seen.add(key);
    report.push({ ...make(part(key), message), path: [...path, key] });
  };
  const [drop, change] = [say(dropped), say(changed)];

  function raw(key: string): unknown {
    seen.add(key);
    return Object.hasOwn(value as object, key) ? ((value as never)[key] ?? undefined) : undefined;
  }

  function read<Value>(key: string, what: string, of: (value: unknown) => Value | undefined) {
    const given = raw(key);
    const meant = given === undefined ? undefined : of(given);
    if (given !== undefined && meant === undefined) drop(key, `it is no ${what}`);
    return meant;
  }

  return {
    path,
    keys: Object.keys(value),
    raw,
    text: (key) => read(key, "text", asText),
    number: (key) => read(key, "number of at least 0", asNumber),
    whole: (key, least, most = MOST) =>
      read(key, `whole number from ${least} to ${most}`, (one) => {
        const number = asNumber(one) ?? -1;
        return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
      }),
    flag: (key) => read(key, "true or false", asFlag),
    word: (key, words) =>
      read(key, `word of ${words.join(", ")}`, (one) => words.find((word) => word === String(one))),
    texts: (key) => read(key, "list of texts", asTexts),
    inside(key) {
      const given = raw(key);
      return given === undefined ? undefined : objectReader(given, [...path, key], report);
    },
    dropped: drop,
    changed: change,
    end(reasons = {}, silent = []) {
      for (const key of Object.keys(value)) {
        if (seen.has(key) || silent.includes(key) || key.startsWith("x-")) continue;
        drop(key, ownEntry(reasons, key) ?? NO_COUNTERPART);
      }
    },
  };
}

const NO_VARIABLE = "it has an entry that is no NAME=value";

/** Variables of a map, or of a list of `NAME=value`; a name alone is the host's own, and is left out. */
export function variables(reader: ObjectReader, key: string): { [name: string]: string } {
  const given = reader.raw(key);
  const env: { [name: string]: string } = {};
  if (given === undefined) return env;
  if (Array.isArray(given)) {
    for (const one of given as readonly unknown[]) {
      const [, name, text = ""] = (isScalar(one) && /^([^=]+)=(.*)$/s.exec(String(one))) || [];
      if (name !== undefined) setEntry(env, name, text);
      else if (!isScalar(one) || /^=|^$/.test(String(one))) reader.dropped(key, NO_VARIABLE);
    }
  } else if (isObject(given)) {
    for (const [name, text] of Object.entries(given)) {
      if (isScalar(text)) setEntry(env, name, String(text));
      else if (text !== null) reader.dropped(key, `${name} is no text`);
    }
  } else {
    reader.dropped(key, "it is no list and no map of variables");
  }
  return env;
}

/** Whether a tree takes the name of a service; what it does not take is reported. */
export function named(id: string, { path }: ObjectReader, report: Finding[]): boolean {
  if (!isId(id)) report.push({ ...dropped(path.join("."), NO_ID), path });
  return isId(id);
}

/** The part of a service that is there: what is empty is left out. */
export function given<Value extends object>(parts: Value): Given<Value> {
  const isThere = (one: unknown) => {
    if (one === undefined) return false;
    if (Array.isArray(one)) return one.length > 0;
    return !isObject(one) || Object.keys(one).length > 0;
  };
  return Object.fromEntries(
    Object.entries(parts).filter(([, one]) => isThere(one)),
  ) as Given<Value>;
}

type Given<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
