// One supervision as a dashboard sees it: a tree or a child that stands alone, by the doors of its handle.

import type { Millis } from "@steadfast/policy";
import type { PolicyView } from "@steadfast/supervision";
import type { EventListener, SupervisorHandle, SupervisorStatus } from "@steadfast/supervisor";
import type { TreeChildStatus, TreeHandle } from "@steadfast/supervisor/tree";
import type { KeptRecording } from "./recording.js";
import type { Head, Row } from "./wire.js";

/**
 * What can be shown: a supervision, or a tree.
 * @since 0.1.0
 */
export type AnyHandle = SupervisorHandle | TreeHandle;

/** A status with everything, for the page of one child. */
export type FullStatus = SupervisorStatus | TreeChildStatus;

export interface Source {
  /** Its name. */
  readonly of: string;
  readonly handle: AnyHandle;
  readonly type: Head["type"];
  now(): Millis;
  head(): Head;
  rows(): Row[];
  /** Null for a child that is not there. */
  row(path: string): Row | null;
  /** Null for a child that is not there. */
  status(path: string): FullStatus | null;
  /** What decides about a child; null for one that is not there, and for a remote policy. */
  policy(path: string): PolicyView | null;
  /** The decisions that are kept; null for none. */
  readonly recording: KeptRecording | null;
  /** Hears what happens; returns its remover. */
  listen(hear: EventListener): () => void;
}
