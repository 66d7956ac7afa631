// A child that stands alone, as a dashboard sees it: one row, under its own name.

import type { SupervisorHandle } from "@steadfast/supervisor";
import type { KeptRecording } from "./recording.js";
import { rowOf } from "./row.js";
import type { Source } from "./source.js";
import type { Head, Row } from "./wire.js";

export class ChildSource implements Source {
  readonly type = "child";
  readonly of: string;

  constructor(
    readonly handle: SupervisorHandle,
    readonly recording: KeptRecording | null,
  ) {
    this.of = handle.status().id;
  }

  now(): number {
    return this.handle.snapshot().at;
  }

  head(): Head {
    const { outcome, attempts } = this.handle.status();
    return {
      of: this.of,
      type: "child",
      now: this.now(),
      up: attempts > 0,
      outcome,
      plan: null,
      journal: this.recording !== null,
    };
  }

  rows(): Row[] {
    const status = this.handle.status();
    const { outcome, held } = status;
    const { of: path } = this;
    return [rowOf(status, { path, kind: null, done: outcome !== null, held, now: this.now() })];
  }

  row(path: string): Row | null {
    return path === this.of ? (this.rows()[0] as Row) : null;
  }

  status(path: string) {
    return path === this.of ? this.handle.status() : null;
  }

  policy(path: string) {
    return path === this.of ? this.handle.policy() : null;
  }

  listen(hear: Parameters<SupervisorHandle["on"]>[0]): () => void {
    return this.handle.on(hear);
  }
}
