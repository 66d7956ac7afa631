// The options of `dashboard`, checked once.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import { ChildSource } from "./child-source.js";
import { isTree } from "./orders.js";
import { isRecording, type KeptRecording, type Recording } from "./recording.js";
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

/**
 * What is shown: a handle, or a handle with the recording that its supervision writes to.
 * @since 0.1.0
 */
export type Watched =
  | AnyHandle
  | {
      /** The handle, as `supervise` or `superviseTree` returned it. */
      readonly handle: AnyHandle;
      /** What `recording()` returned, its `journal` being that of the supervision. Default: no "why", no "what if". */
      readonly recording?: Recording;
    };

/** Throws `PolicyOptionsError`. */
export function readWatched(watched: Watched | readonly Watched[]): readonly Source[] {
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

function sourceOf(watched: unknown): Source {
  if (isHandle(watched)) return sourceWith(watched, null);
  if (typeof watched !== "object" || watched === null || !("handle" in watched)) {
    throw new PolicyOptionsError("dashboard", "watched", HANDLE, watched);
  }
  const read = readOptions<{ handle: unknown; recording?: unknown }>("dashboard", watched);
  const handle = read.checked<AnyHandle>("handle", HANDLE, isHandle);
  const kept = "what recording() returned";
  const seen = read.checked<KeptRecording | null>("recording", kept, isRecording, null);
  read.end();
  return sourceWith(handle, seen);
}

const HANDLE = "what supervise() or superviseTree() returned";

function sourceWith(handle: AnyHandle, seen: KeptRecording | null): Source {
  return isTree(handle) ? new TreeSource(handle, seen) : new ChildSource(handle, seen);
}

function isHandle(value: unknown): value is AnyHandle {
  if (typeof value !== "object" || value === null) return false;
  const { status, on, snapshot } = value as Partial<AnyHandle>;
  return [status, on, snapshot].every((one) => typeof one === "function");
}
