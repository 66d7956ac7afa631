// The options of `dashboard`, checked once.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import { ChildSource } from "./child-source.js";
import { isTree } from "./orders.js";
import type { AnyHandle, Source } from "./source.js";
import { TreeSource } from "./tree-source.js";

/**
 * How a dashboard is served.
 * @since 0.1.0
 */
export interface DashboardOptions {
  /** The port on 127.0.0.1, from 0 to 65 535. Default 0: a free one. */
  readonly port?: number;
  /** What stands at the head of the page, not blank. Default `Steadfast`. */
  readonly title?: string;
  /** Whether the page may give orders. Default true; false: it only shows. */
  readonly orders?: boolean;
  /** How many pages may look at once, from 1 to 64. Default 8. */
  readonly maxClients?: number;
  /** How many events are kept for the timeline and for readers that come back, from 100 to 100 000. Default 5 000. */
  readonly history?: number;
}

export interface Settings {
  readonly port: number;
  readonly title: string;
  readonly orders: boolean;
  readonly maxClients: number;
  readonly history: number;
}

const isBoolean = (value: unknown): boolean => typeof value === "boolean";
const isTitle = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

/** Throws `PolicyOptionsError`. */
export function readDashboardOptions(options: DashboardOptions): Settings {
  const read = readOptions<DashboardOptions>("dashboard", options);
  const settings = {
    port: read.whole("port", { max: 65_535, default: 0 }),
    title: read.checked("title", "a text, not blank", isTitle, "Steadfast"),
    orders: read.checked("orders", "true or false", isBoolean, true),
    maxClients: read.whole("maxClients", { min: 1, max: 64, default: 8 }),
    history: read.whole("history", { min: 100, max: 100_000, default: 5_000 }),
  };
  read.end();
  return settings;
}

/** Throws `PolicyOptionsError`. */
export function readWatched(watched: AnyHandle | readonly AnyHandle[]): readonly Source[] {
  const list: readonly unknown[] = Array.isArray(watched) ? watched : [watched];
  if (list.length === 0) {
    throw new PolicyOptionsError("dashboard", "watched", "at least one handle", watched);
  }
  const sources = list.map(sourceOf);
  const names = new Set<string>();
  for (const { of } of sources) {
    if (names.has(of)) {
      throw new PolicyOptionsError("dashboard", "watched", "handles with an `id` each", of);
    }
    names.add(of);
  }
  return sources;
}

function sourceOf(handle: unknown): Source {
  if (!isHandle(handle)) {
    const allowed = "what supervise() or superviseTree() returned, or a list of that";
    throw new PolicyOptionsError("dashboard", "watched", allowed, handle);
  }
  return isTree(handle) ? new TreeSource(handle, false) : new ChildSource(handle, false);
}

function isHandle(value: unknown): value is AnyHandle {
  if (typeof value !== "object" || value === null) return false;
  const { status, on, snapshot } = value as Partial<AnyHandle>;
  return [status, on, snapshot].every((one) => typeof one === "function");
}
