// What is known of a slot from outside: from its events and its commands, never from its state.

import type {
  FenceDecision,
  LimitView,
  SlotCommand,
  SlotEvent,
  SlotIntent,
  StopCause,
} from "@steadfast/child-slot";
import type { Exit, Millis } from "@steadfast/policy";
import { commandsOf } from "./commands.js";
import type { Taken } from "./slot-trace.js";

/** An attempt that was launched. */
export interface Attempt {
  readonly generation: number;
  readonly attempt: number;
  readonly launchedAt: Millis;
  /** What it said last of itself; null before the first word. */
  readiness: "ready" | "not-ready" | null;
  readyAt: Millis | null;
  /** What it was asked to end for; `force` if it was killed and never asked. */
  asked: StopCause | null;
  killed: boolean;
  /** The sending time of its newest heartbeat, never later than its arrival. */
  beatAt: Millis | null;
}

/** A restart that was ordered and has not happened yet. */
export interface Waiting {
  readonly requester: string;
  readonly reason: string;
  readonly requestedAt: Millis;
  duplicates: number;
}

/** Keeps the account of a story. */
export class Ledger {
  /** Every launch so far, by generation. */
  readonly launched = new Map<number, Attempt>();
  /** Who is there; null for nobody. */
  present: Attempt | null = null;
  open = true;
  intent: SlotIntent = "active";
  lastExit: Exit | null = null;
  limit: { readonly view: LimitView; readonly since: Millis } | null = null;
  /** The restart that waits. */
  waits: Waiting | null = null;

  /** Takes one step into account. */
  note(taken: Taken): void {
    const { event, now } = taken;
    if (taken.commands === null) return;
    if (event.type === "stop" || event.type === "kill") this.open = false;
    if (event.type === "limit") this.#noteLimit(event.view, now);
    if (event.type === "heartbeat" && this.#concerns(event.generation)) {
      const { present } = this;
      const at = Math.min(event.at, now);
      if (present) present.beatAt = Math.max(present.beatAt ?? at, at);
    }
    for (const command of commandsOf(taken)) this.#noteCommand(command, event, now);
  }

  #concerns(generation: number): boolean {
    return this.present?.generation === generation && this.present.asked === null;
  }

  #noteLimit(view: LimitView, now: Millis): void {
    const known = this.limit?.view;
    const isKnown =
      known?.windowMs === view.windowMs && known.limit === view.limit && known.used === view.used;
    if (!isKnown) this.limit = { view, since: now };
  }

  #noteCommand(command: SlotCommand, event: SlotEvent, now: Millis): void {
    const about = this.launched.get(command.generation);
    switch (command.type) {
      case "launch":
        this.present = {
          generation: command.generation,
          attempt: command.attempt,
          launchedAt: now,
          readiness: null,
          readyAt: null,
          asked: null,
          killed: false,
          beatAt: null,
        };
        this.launched.set(command.generation, this.present);
        this.waits = null;
        return;
      case "request-stop":
        if (about) about.asked = command.reason;
        return;
      case "kill":
        if (about) {
          about.killed = true;
          about.asked ??= "force";
        }
        return;
      case "report": {
        const { report } = command;
        if (report.type === "intent") this.intent = report.intent;
        if (report.type === "fence") this.#noteFence(report.decision, event, now);
        if (report.type === "exited") {
          this.present = null;
          this.lastExit = report.exit;
        }
        if (about && (report.type === "ready" || report.type === "not-ready")) {
          about.readiness = report.type;
          about.readyAt = report.type === "ready" ? now : null;
        }
      }
    }
  }

  #noteFence(decision: FenceDecision, event: SlotEvent, now: Millis): void {
    if (decision === "queued-after-stop" && event.type === "restart") {
      const { requester, reason } = event;
      this.waits = { requester, reason, requestedAt: now, duplicates: 0 };
    } else if (decision === "already-pending") {
      if (this.waits) this.waits.duplicates++;
    } else this.waits = null;
  }
}
