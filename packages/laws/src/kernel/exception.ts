// What a subject threw, and where: one exception is shown once, however many laws met it.

import { BrokenClaim } from "./claim.js";

/**
 * An exception that came out of what was checked.
 * @since 0.1.0
 */
export interface LawException {
  /** Name and message, as in `TypeError: x is undefined`. */
  readonly text: string;
  /** The file, line and column of the topmost frame; null where there is no stack. */
  readonly at: string | null;
  /** The frames above those of the kit, topmost first. Empty where there is no stack. */
  readonly stack: readonly string[];
}

const MOST_FRAMES = 12;
const PLACE = /\(?([^\s()]+:\d+:\d+)\)?$/;
const HERE = folderOf(placeOf(framesOf(new Error("here"))[0] ?? "") ?? "");

/** What the subject threw; null if a law said that it is broken. */
export function exceptionOf(thrown: unknown): LawException | null {
  const root = rootOf(thrown);
  if (root instanceof BrokenClaim) return null;
  const frames = root instanceof Error ? framesOf(root) : [];
  const kit = frames.findIndex((frame, i) => i > 0 && isOfTheKit(frame));
  const own = kit < 0 ? frames : frames.slice(0, kit);
  return { text: String(root), at: placeOf(own[0] ?? ""), stack: own.slice(0, MOST_FRAMES) };
}

/** An error that says where in a story something went wrong has what went wrong as its cause. */
function rootOf(thrown: unknown): unknown {
  return thrown instanceof AtPlace ? rootOf(thrown.cause) : thrown;
}

/** Something went wrong at a place of a story; the cause is what. */
export class AtPlace extends Error {
  constructor(place: string, cause: unknown) {
    super(`${place}: ${messageOf(cause)}`, { cause });
  }
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function framesOf({ stack }: Error): string[] {
  const lines = typeof stack === "string" ? stack.split("\n") : [];
  return lines.map((line) => line.trim()).filter((line) => PLACE.test(line));
}

function placeOf(frame: string): string | null {
  return PLACE.exec(frame)?.[1] ?? null;
}

function folderOf(place: string): string {
  return place.slice(0, place.lastIndexOf("/") + 1).replace(/src\/kernel\/$/, "src/");
}

function isOfTheKit(frame: string): boolean {
  return HERE !== "" && (placeOf(frame) ?? "").startsWith(HERE);
}
