// The scene in the address, behind its `#`, so that a report of a bug is a link: what is there is all that there is.
//
//   a, b      the policies: JSON, or a short form
//   at        the marks: instants with commas between them, each a duration, perhaps with `:clean` or `:reset` behind it
//   for       the length of the line
//   healthy   how long the child must be up to be healthy; left out: as the preset says, else 10 s
//   seed      of all chance
//
// What is left out is as in `START`, and `b` is none. What is wrong is named, and as if it were left out: the rest still holds.

import { didYouMean } from "@steadfast/policy";
import { durationFrom, durationText, isPolicySpecError } from "@steadfast/spec";
import { documentText, readDocument } from "./document.ts";
import { MARK_KINDS, type Mark, type MarkKind, MOST, type Scene, START } from "./scene.ts";

const NAMES = ["a", "b", "at", "for", "healthy", "seed"] as const;
type Name = (typeof NAMES)[number];

const WHAT: Readonly<Record<Name, string>> = {
  a: "the policy A",
  b: "the policy B",
  at: "the instants",
  for: "the length of the line",
  healthy: "the time until it is healthy",
  seed: "the seed",
};

export interface SceneIn {
  readonly scene: Scene;
  /** What is wrong in the address, in sentences; empty where nothing is. */
  readonly faults: readonly string[];
}

/** The address of a scene, with its `#`. */
export function addressOf({ a, b, marks, forMs, healthyAfterMs, seed }: Scene): string {
  const parts: [Name, string][] = [
    ["a", documentText(a)],
    ...(b === null ? [] : [["b", documentText(b)] as [Name, string]]),
    ["at", marks.map(markText).join(",")],
    ["for", durationText(forMs)],
    ...(healthyAfterMs === null
      ? []
      : [["healthy", durationText(healthyAfterMs)] as [Name, string]]),
    ["seed", String(seed)],
  ];
  return `#${parts.map(([name, value]) => `${name}=${escaped(value)}`).join("&")}`;
}

const markText = ({ at, kind }: Mark): string =>
  kind === "crash" ? durationText(at) : `${durationText(at)}:${kind}`;

/** As a part of an address; the quotes and brackets that would end a link in a text are escaped, too. */
function escaped(value: string): string {
  return encodeURIComponent(value)
    .replaceAll(/%(2C|3A|2F)/g, (code) => decodeURIComponent(code))
    .replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The scene of an address; null for one that names none: it is empty, or leads to a heading of the page. */
export function sceneIn(hash: string): SceneIn | null {
  const text = hash.replace(/^#/, "");
  if (!text.includes("=")) return null;
  if (text.length > MOST.address) {
    const got = `${text.length}`;
    const faults = [`The address must be at most ${MOST.address} characters long, got ${got}.`];
    return { scene: START, faults };
  }
  const faults: string[] = [];
  const parts = partsOf(text, faults);
  const part = <Value>(name: Name, read: (text: string) => Value, otherwise: Value): Value => {
    const value = parts.get(name);
    if (value === undefined) return otherwise;
    try {
      return read(value);
    } catch (error) {
      faults.push(`"${name}" (${WHAT[name]}) ${(error as Error).message}.`);
      return otherwise;
    }
  };
  const scene: Scene = {
    a: part("a", documentOf, START.a),
    b: part("b", documentOf, null),
    marks: part("at", marksOf, parts.has("at") ? [] : START.marks),
    forMs: part("for", (value) => instantOf(value, 1), START.forMs),
    healthyAfterMs: part("healthy", (value) => instantOf(value, 0), null),
    seed: part("seed", seedOf, START.seed),
  };
  return { scene, faults };
}

function partsOf(text: string, faults: string[]): Map<Name, string> {
  const parts = new Map<Name, string>();
  for (const piece of text.split("&")) {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(piece) ?? [];
    const known = NAMES.find((one) => one === name);
    if (known === undefined) {
      const meant = didYouMean(name, NAMES) || `known: ${NAMES.join(", ")}`;
      faults.push(`${shown(name)} is unknown (${meant}).`);
    } else if (parts.has(known)) faults.push(`"${known}" stands there twice; the first holds.`);
    else {
      const decoded = unescaped(value);
      if (decoded === null) faults.push(`"${known}" (${WHAT[known]}) has a % that is no escape.`);
      else parts.set(known, decoded);
    }
  }
  return parts;
}

function unescaped(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function documentOf(text: string) {
  const { document, fault } = readDocument(text);
  if (fault !== null) throw new Error(fault);
  return document;
}

/** Whole milliseconds from `least` to `MOST.forMs`. Throws what is wrong, in words. */
export function instantOf(text: string, least: number): number {
  const [ms, fault] = millisOf(text);
  if (fault === null && ms >= least && ms <= MOST.forMs) return ms;
  const range = `from ${durationText(least)} to ${durationText(MOST.forMs)}`;
  throw new Error(`must be a duration such as 500ms or 1m30s, ${range}, got ${shown(text)}`);
}

function millisOf(text: string): readonly [ms: number, fault: string | null] {
  try {
    return [durationFrom(text), null];
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    return [0, error.message];
  }
}

function marksOf(text: string): readonly Mark[] {
  const pieces = text === "" ? [] : text.split(",");
  if (pieces.length > MOST.marks) {
    throw new Error(`must be at most ${MOST.marks} instants, got ${pieces.length}`);
  }
  return pieces.map((piece) => {
    const [, instant = "", kind = "crash"] = /^([^:]*)(?::(.*))?$/s.exec(piece) ?? [];
    if (MARK_KINDS.includes(kind as MarkKind)) {
      return { at: instantOf(instant, 0), kind: kind as MarkKind };
    }
    const meant = didYouMean(kind, MARK_KINDS);
    const kinds = MARK_KINDS.join(", ");
    throw new Error(`has a kind that is none of ${kinds}: ${shown(kind)}${meant && ` (${meant})`}`);
  });
}

export function seedOf(text: string): number {
  const seed = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (seed <= MOST.seed) return seed;
  throw new Error(`must be a whole number from 0 to ${MOST.seed}, got ${shown(text)}`);
}
