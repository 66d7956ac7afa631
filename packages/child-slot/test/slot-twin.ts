// A deliberately dumb twin of a slot: one mutable object with many fields, like the source's, and long
// `if`s instead of a table. Written from the documentation, to be compared with the real one.

import { type Exit, exitRecord } from "@steadfast/policy";
import type {
  ChildSlotOptions,
  SlotCommand,
  SlotEvent,
  SlotRecord,
  StopCause,
} from "../src/index.js";

type News = Extract<SlotCommand, { type: "report" }>["report"];

/** What a child is ended for by its own fault; everything else is an order. */
export const FAULTS: readonly StopCause[] = [
  "not-ready-in-time",
  "heartbeat-stale",
  "ran-too-long",
  "unhealthy",
];

interface TwinDue {
  readonly name: "ready" | "beat" | "run" | "healthy" | "end";
  readonly at: number;
  readonly span: number;
}

export class SlotTwin {
  intent: SlotRecord["intent"] = "active";
  open = true;
  launches = 0;
  alive = false;
  lastExit: SlotRecord["lastExit"] = null;
  limit: { windowMs: number | null; limit: number; used: number; updatedAt: number } | null = null;

  launchedAt = 0;
  isReady = false;
  wasReady = false;
  saidNotReady = false;
  readyAt = 0;
  readySince = 0;
  readyExcused = false;
  healthyTold = false;
  healthSince = 0;
  healthExcused = false;
  runSince = 0;
  runExcused = false;
  beatAt: number | null = null;
  beatSince = 0;
  beatExcused = false;

  cancelled = false;
  killed = false;
  cause: StopCause = "stop";
  complaint = "";
  endSince = 0;
  endExcused = false;

  pending: { requester: string; reason: string; requestedAt: number; duplicates: number } | null =
    null;

  #said: SlotCommand[] = [];
  readonly #options: ChildSlotOptions;

  constructor(options: ChildSlotOptions) {
    this.#options = options;
  }

  /** The commands, or null for an event that is impossible. */
  tell(event: SlotEvent, now: number): readonly SlotCommand[] | null {
    this.#said = [];
    return this.#tell(event, now) ? this.#said : null;
  }

  #tell(event: SlotEvent, now: number): boolean {
    if (
      event.type === "ready" ||
      event.type === "not-ready" ||
      event.type === "heartbeat" ||
      event.type === "unhealthy" ||
      event.type === "exited"
    ) {
      const { generation } = event;
      if (generation < 0 || generation >= this.launches) return false;
      if (event.type === "unhealthy" && event.reason.trim() === "") return false;
      if (!this.alive || generation !== this.launches - 1) {
        this.#said.push({ type: "stale", report: event, generation, attempt: generation + 1 });
        return true;
      }
      if (event.type === "exited") this.#leave(event.exit, now);
      else if (event.type === "unhealthy") this.#condemn(event.reason, now);
      else if (!this.cancelled) this.#hear(event, now);
      return true;
    }
    if (event.type === "launch") {
      if (this.alive || !this.open || this.intent !== "active") return false;
      this.#enter(event.cause, now);
      return true;
    }
    if (event.type === "stop" || event.type === "kill") {
      this.open = false;
      this.#drop("blocked-by-shutdown");
      this.#end("stop", now, event.type === "kill");
      return true;
    }
    if (event.type === "halt" || event.type === "force") {
      this.#drop("rejected");
      this.#end(event.type, now, event.type === "force");
      return true;
    }
    if (event.type === "restart") {
      if (event.requester.trim() === "" || event.reason.trim() === "") return false;
      this.#restart(event.requester, event.reason, now);
      return true;
    }
    if (event.type === "limit") {
      const { windowMs, limit, used } = event.view;
      const same =
        this.limit !== null &&
        this.limit.windowMs === windowMs &&
        this.limit.limit === limit &&
        this.limit.used === used;
      if (!same) this.limit = { windowMs, limit, used, updatedAt: now };
      return true;
    }
    if (event.type === "tick") {
      this.#look(now);
      return true;
    }
    if (this.intent === "removed") return true;
    if (event.type === "resume") {
      if (this.intent !== "active") this.#news({ type: "intent", intent: "active" });
      this.intent = "active";
      return true;
    }
    const intent = ({ pause: "paused", quarantine: "quarantined", remove: "removed" } as const)[
      event.type
    ];
    if (intent === this.intent) return true;
    this.intent = intent;
    this.#news({ type: "intent", intent });
    this.#drop("rejected");
    this.#end(event.type, now, false);
    return true;
  }

  #enter(cause: "start" | "restart" | "operator", now: number): void {
    this.launches++;
    this.alive = true;
    this.launchedAt = now;
    this.isReady = this.#options.readiness !== "explicit";
    this.wasReady = this.isReady;
    this.readyAt = now;
    this.readySince = now;
    this.readyExcused = false;
    this.saidNotReady = false;
    this.healthyTold = false;
    this.healthExcused = false;
    this.runSince = now;
    this.runExcused = false;
    this.beatAt = null;
    this.cancelled = false;
    this.killed = false;
    this.pending = null;
    this.#say({ type: "launch", cause });
    if (this.isReady) this.#news({ type: "ready" });
  }

  #leave(ended: Exit, now: number): void {
    let exit = ended;
    if (this.cancelled && this.cause === "not-ready-in-time") {
      exit = { kind: "timed-out", afterMs: this.#options.readyTimeoutMs ?? 0, ended };
    }
    if (this.cancelled && this.cause === "ran-too-long") {
      exit = { kind: "timed-out", afterMs: this.#options.maxRunMs ?? 0, ended };
    }
    if (this.cancelled && this.cause === "heartbeat-stale") {
      exit = { kind: "unhealthy", reason: "heartbeat-stale", ended };
    }
    if (this.cancelled && this.cause === "unhealthy") {
      exit = { kind: "unhealthy", reason: this.complaint, ended };
    }
    const ordered = this.cancelled && !FAULTS.includes(this.cause);
    const uptimeMs =
      ended.kind === "spawn-failed" || now < this.launchedAt ? 0 : now - this.launchedAt;
    this.alive = false;
    this.lastExit = exitRecord(exit);
    this.#news({ type: "exited", exit, uptimeMs, ordered });
    if (this.pending) this.#enter("operator", now);
  }

  #condemn(complaint: string, now: number): void {
    if (this.cancelled) return;
    this.complaint = complaint;
    this.#end("unhealthy", now, false);
  }

  #hear(event: SlotEvent & { generation: number }, now: number): void {
    if (event.type === "ready" && !this.isReady) {
      if (this.#options.healthyFrom === "ready") this.healthExcused = false;
      this.isReady = true;
      this.wasReady = true;
      this.readyAt = now;
      this.#news({ type: "ready" });
    }
    if (event.type === "not-ready") {
      if (this.isReady || (!this.wasReady && !this.saidNotReady)) this.#news({ type: "not-ready" });
      this.isReady = false;
      if (!this.wasReady) this.saidNotReady = true;
    }
    if (event.type === "heartbeat") {
      const at = Math.min(event.at, now);
      if (this.beatAt !== null && at <= this.beatAt) return;
      if (this.beatAt === null || at >= this.beatSince) {
        this.beatSince = at;
        this.beatExcused = false;
      }
      this.beatAt = at;
    }
  }

  #restart(requester: string, reason: string, now: number): void {
    if (!this.open) return this.#fence("blocked-by-shutdown");
    if (this.intent !== "active") return this.#fence("rejected");
    if (!this.alive) {
      this.#fence("started-immediately");
      return this.#enter("operator", now);
    }
    if (this.pending) {
      this.pending.duplicates++;
      return this.#fence("already-pending");
    }
    this.#fence("queued-after-stop");
    this.pending = { requester, reason, requestedAt: now, duplicates: 0 };
    this.#end("restart", now, false);
  }

  #end(cause: SlotTwin["cause"], now: number, atOnce: boolean): void {
    if (!this.alive) return;
    const { gracePeriodMs = 5_000 } = this.#options;
    if (!this.cancelled) {
      this.cancelled = true;
      this.cause = cause;
      this.endSince = now;
      this.endExcused = false;
      if (cause !== "force") this.#say({ type: "request-stop", reason: cause });
      if (gracePeriodMs === 0) this.#kill(now);
    }
    if (atOnce) this.#kill(now);
  }

  #kill(now: number): void {
    if (this.killed) return;
    this.killed = true;
    this.endSince = now;
    this.endExcused = false;
    this.#say({ type: "kill" });
  }

  #drop(decision: "blocked-by-shutdown" | "rejected"): void {
    if (!this.alive || !this.pending) return;
    this.pending = null;
    this.#fence(decision);
  }

  #look(now: number): void {
    const what = this.#due();
    if (what === null) return;
    const late = what.span > 0 && now - what.at > what.span / 10;
    if (now < what.at) return;
    switch (what.name) {
      case "ready":
        if (late && !this.readyExcused) {
          this.readySince = now;
          this.readyExcused = true;
        } else this.#end("not-ready-in-time", now, false);
        return;
      case "beat":
        if (late && !this.beatExcused) {
          this.beatSince = now;
          this.beatExcused = true;
        } else this.#end("heartbeat-stale", now, false);
        return;
      case "run":
        if (late && !this.runExcused) {
          this.runSince = now;
          this.runExcused = true;
        } else this.#end("ran-too-long", now, false);
        return;
      case "healthy":
        if (late && !this.healthExcused) {
          this.healthSince = now;
          this.healthExcused = true;
          return;
        }
        this.healthyTold = true;
        return this.#news({ type: "healthy" });
      case "end":
        if (late && !this.endExcused) {
          this.endSince = now;
          this.endExcused = true;
        } else if (!this.killed) this.#kill(now);
        else {
          this.#say({ type: "abandon" });
          this.#leave({ kind: "abandoned" }, now);
        }
    }
  }

  #due(): TwinDue | null {
    const { readyTimeoutMs, heartbeatTimeoutMs, maxRunMs, gracePeriodMs, abandonAfterMs } =
      this.#options;
    if (!this.alive) return null;
    if (this.cancelled) {
      const span = (this.killed ? abandonAfterMs : gracePeriodMs) ?? 5_000;
      return { name: "end", at: this.endSince + span, span };
    }
    const all: TwinDue[] = [];
    if (!this.wasReady && readyTimeoutMs !== undefined) {
      all.push({ name: "ready", at: this.readySince + readyTimeoutMs, span: readyTimeoutMs });
    }
    if (this.beatAt !== null && heartbeatTimeoutMs !== undefined) {
      all.push({ name: "beat", at: this.beatSince + heartbeatTimeoutMs, span: heartbeatTimeoutMs });
    }
    if (maxRunMs !== undefined) {
      all.push({ name: "run", at: this.runSince + maxRunMs, span: maxRunMs });
    }
    if (this.isReady && !this.healthyTold) {
      const { healthyAfterMs: span = 10_000, healthyFrom = "launch" } = this.#options;
      let at = healthyFrom === "launch" ? this.launchedAt + span : this.readyAt + span;
      if (at < this.readyAt) at = this.readyAt;
      if (this.healthExcused) at = this.healthSince + span;
      all.push({ name: "healthy", at, span });
    }
    return all.sort((one, other) => one.at - other.at)[0] ?? null;
  }

  deadline(): number | null {
    return this.#due()?.at ?? null;
  }

  record(now: number): SlotRecord {
    const up = this.alive && !this.cancelled;
    const generation = this.launches - 1;
    const deadlineAt = this.deadline() ?? Number.NaN;
    const waits = this.alive && this.pending !== null;
    const { id, path = `/${id}`, heartbeatTimeoutMs } = this.#options;
    const beatAt = up ? this.beatAt : null;
    return {
      id,
      path,
      status: !this.alive
        ? "stopped"
        : this.cancelled
          ? "cancelling"
          : this.isReady
            ? "ready"
            : this.wasReady
              ? "running"
              : "starting",
      intent: this.intent,
      open: this.open,
      generation: this.alive ? generation : null,
      attempt: this.alive ? this.launches : null,
      attempts: this.launches,
      restarts: Math.max(0, this.launches - 1),
      readiness: !up
        ? "unreported"
        : this.isReady
          ? "ready"
          : this.wasReady || this.saidNotReady
            ? "not-ready"
            : "unreported",
      readyAt: up && this.isReady ? this.readyAt : null,
      uptimeMs: this.alive ? Math.max(0, now - this.launchedAt) : null,
      lastHeartbeatAt: beatAt,
      heartbeatStale:
        beatAt !== null && heartbeatTimeoutMs !== undefined && now - beatAt >= heartbeatTimeoutMs,
      lastExit: this.lastExit,
      restartLimit: this.limit && {
        ...this.limit,
        remaining: Math.max(0, this.limit.limit - this.limit.used),
        exhausted: this.limit.used >= this.limit.limit,
      },
      stop:
        this.alive && this.cancelled
          ? {
              cause: this.cause,
              ...(this.cause === "unhealthy" && { reason: this.complaint }),
              step: this.killed ? "killed" : "asked",
              deadlineAt,
            }
          : null,
      pendingRestart:
        waits && this.pending
          ? {
              oldGeneration: generation,
              targetGeneration: generation + 1,
              ...this.pending,
              deadlineAt,
            }
          : null,
    };
  }

  #fence(decision: Extract<News, { type: "fence" }>["decision"]): void {
    this.#news({ type: "fence", decision });
  }

  #news(report: News): void {
    this.#say({ type: "report", report });
  }

  #say(command: object): void {
    const generation = this.launches - 1;
    this.#said.push({ ...command, generation, attempt: generation + 1 } as SlotCommand);
  }
}
