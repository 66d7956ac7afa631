// The traces of Erlang's supervisor, put to a tree on virtual time: a child is ready as soon as it is launched,
// and does what the trace says of its starts and of its end.

import { coarse, type Exit, giveUp, type RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import type { TreeOptions } from "@steadfast/supervision/tree";
import type { OtpCase, OtpChild, OtpEvent, OtpStep } from "../../../../config/testing/otp-case.ts";

/** What the player needs of a tree. */
export interface Played {
  initial(): unknown;
  step(state: never, event: never, now: number): readonly [unknown, readonly unknown[]];
  deadline(state: never): number | null;
}

interface Effect {
  readonly type: string;
  readonly path?: readonly string[];
  readonly generation: number;
  readonly kind: string;
  readonly ref: number;
  readonly ok: boolean;
  readonly error: string;
}

const STRATEGY = {
  oneForOne: "one-for-one",
  oneForAll: "one-for-all",
  restForOne: "rest-for-one",
} as const;
const AUTO = {
  never: "never",
  anySignificant: "any-significant",
  allSignificant: "all-significant",
} as const;
const CLEAN: readonly unknown[] = ["normal", "shutdown", "{shutdown,x}"];

const isFailure = (exit: Exit): boolean =>
  exit.kind !== "completed" &&
  exit.kind !== "cancelled" &&
  !CLEAN.includes("error" in exit ? exit.error : undefined);

const GRACE = { brutalKill: 0, infinity: Number.MAX_SAFE_INTEGER } as const;

const kindOf = ({ restart, shutdown = 5_000, significant }: OtpChild) => ({
  restart,
  isFailure,
  readiness: "explicit" as const,
  gracePeriodMs: typeof shutdown === "number" ? shutdown : GRACE[shutdown],
  healthyAfterMs: 1e9,
  ...(significant === undefined ? {} : { significant }),
});

export function optionsOf(one: OtpCase): TreeOptions {
  const window = slidingWindow({
    limit: one.intensity,
    windowMs: one.period * 1_000,
    edge: "closed",
    counts: "restarts",
  });
  const added = one.steps.flatMap((step, i) =>
    step.op === "startChild" ? [[`k${i}`, kindOf(step.child)] as const] : [],
  );
  return {
    strategy: STRATEGY[one.strategy],
    autoShutdown: AUTO[one.autoShutdown ?? "never"],
    budget: coarse(giveUp(window), 1_000) as RestartPolicy,
    children: one.children.map((child) => ({ id: child.id, ...kindOf(child) })),
    kinds: Object.fromEntries(added),
  };
}

/** What came of a case, in the words of the file. */
export class Play {
  now = 0;
  settled: unknown = null;
  events: OtpEvent[] = [];
  readonly starts: Record<string, number> = {};
  readonly alive: Record<string, { n: number; generation: number; spec: OtpChild }> = {};
  readonly order: string[];
  readonly answers: Record<number, Effect> = {};
  private readonly queue: Record<string, unknown>[] = [];
  private readonly specs: Record<string, OtpChild> = {};
  private state: unknown;
  private steps = 0;

  constructor(
    private readonly tree: Played,
    one: OtpCase,
    private readonly json: boolean,
  ) {
    this.order = one.children.map(({ id }) => id);
    for (const child of one.children) this.specs[child.id] = child;
    for (const [i, step] of one.steps.entries()) {
      if (step.op === "startChild") this.specs[`k${i}`] = step.child;
    }
    this.state = tree.initial();
  }

  give(event: Record<string, unknown>): void {
    if (++this.steps > 3_000) throw new Error("no end");
    const state = this.json ? JSON.parse(JSON.stringify(this.state)) : this.state;
    const full = { ...event, draw: 0.5, wall: this.now };
    const [after, effects] = this.tree.step(state as never, full as never, this.now);
    this.state = after;
    const all = effects as readonly Effect[];
    for (const [i, effect] of all.entries()) this.obey(effect, all.slice(i + 1));
  }

  gone(id: string, reason: string, tag: string, exit: Record<string, unknown>): void {
    const child = this.alive[id];
    if (!child) return;
    delete this.alive[id];
    this.events.push([tag, id, child.n, reason]);
    this.queue.push({ type: "exited", path: [id], generation: child.generation, exit });
  }

  private obey(effect: Effect, rest: readonly Effect[]): void {
    const id = effect.path?.[0] ?? "";
    if (effect.type === "launch") this.launch(id, effect);
    if (effect.type === "request-stop") {
      const isKilled = rest.some((other) => other.type === "kill" && other.path?.[0] === id);
      if (!isKilled) this.asked(id);
    }
    if (effect.type === "kill")
      this.gone(id, "killed", "stop", { kind: "signalled", signal: "SIGKILL" });
    if (effect.type === "answered") this.answers[effect.ref] = effect;
    if (effect.type === "settle") this.settled = effect;
  }

  private launch(id: string, { kind, generation }: Effect): void {
    const spec = this.specs[kind] as OtpChild;
    const n = (this.starts[id] ?? 0) + 1;
    this.starts[id] = n;
    const how = spec.starts?.[n];
    const exited = (exit: unknown) =>
      this.queue.push({ type: "exited", path: [id], generation, exit });
    if (how === "error") {
      this.events.push(["startError", id, n]);
      exited({ kind: "spawn-failed", error: "scripted" });
    } else if (how === "ignore") {
      this.events.push(["startIgnore", id, n]);
      exited({ kind: "completed" });
    } else {
      this.alive[id] = { n, generation, spec };
      this.events.push(["start", id, n]);
      this.queue.push({ type: "launched", path: [id], generation });
      this.queue.push({ type: "ready", path: [id], generation });
    }
  }

  private asked(id: string): void {
    const child = this.alive[id];
    if (!child) return;
    const { onShutdown } = child.spec;
    if (onShutdown === "ignore") this.events.push(["stopIgnored", id, child.n]);
    else if (onShutdown)
      this.gone(id, onShutdown.exit, "stop", { kind: "failed", error: onShutdown.exit });
    else this.gone(id, "shutdown", "stop", { kind: "cancelled" });
  }

  /** Until nothing is to be done but wait for the next step of the case. */
  quiet(): void {
    const start = this.now;
    for (;;) {
      const next = this.queue.shift();
      if (next) {
        this.give(next);
        continue;
      }
      const at = this.settled ? null : this.tree.deadline(this.state as never);
      if (at === null || at > start + 900) break;
      this.now = Math.max(this.now, at);
      this.give({ type: "tick" });
    }
    this.now = start;
  }

  crash(list: readonly { readonly id: string; readonly reason: string }[]): void {
    if (!list.every(({ id }) => this.alive[id])) return;
    for (const { id, reason } of list) {
      this.gone(id, reason === "kill" ? "killed" : reason, "exit", {
        kind: "failed",
        error: reason,
      });
    }
  }
}

const OPS: Record<string, string> = {
  terminateChild: "terminate-child",
  restartChild: "restart-child",
  deleteChild: "delete-child",
};
const ERRORS: Record<string, string> = {
  "already-started": "already_started",
  "already-present": "already_present",
  "not-found": "not_found",
};

/** Plays a case; null if all came as in the file, else what did not. */
export function playCase(
  make: (options: TreeOptions) => Played,
  one: OtpCase,
  json: boolean,
): string | null {
  const text = JSON.stringify;
  let tree: Played;
  try {
    tree = make(optionsOf(one));
  } catch (error) {
    return one.startError ? null : `refused: ${String(error)}`;
  }
  const play = new Play(tree, one, json);
  play.give({ type: "begin" });
  play.quiet();
  if (text(play.events) !== text(one.boot)) return `boot ${text(play.events)}`;
  if (one.startError || play.settled) return one.startError && play.settled ? null : "start error";
  for (const [i, step] of one.steps.entries()) {
    const wrong = playStep(play, step, i);
    if (wrong) return wrong;
    if (play.settled) return one.final === null ? null : "it ended";
  }
  if (one.final === null) return "it did not end";
  const wrong = (one.final ?? []).find(([id, how, n]) => {
    const isRunning = id in play.alive;
    return (how === "running") !== isRunning || (play.starts[id] ?? 0) !== n;
  });
  if (wrong) return `final ${text(wrong)}`;
  play.events = [];
  play.give({ type: "stop", by: "stop" });
  play.quiet();
  if (!play.settled) return "the stop did not end it";
  return text(play.events) === text(one.teardown ?? []) ? null : `teardown ${text(play.events)}`;
}

function playStep(play: Play, step: OtpStep, i: number): string | null {
  const { op } = step;
  play.now = step.atSec * 1_000;
  play.events = [];
  if (step.op === "crash") play.crash([step]);
  if (step.op === "crashMany") play.crash(step.list);
  if (step.op === "startChild") {
    play.give({ type: "start-child", id: step.child.id, kind: `k${i}`, ref: i });
  } else if (op in OPS) play.give({ type: OPS[op], id: (step as { id: string }).id, ref: i });
  play.quiet();
  if (play.settled) play.events.push(["supExit", "shutdown"]);
  const got = JSON.stringify(play.events);
  if (got !== JSON.stringify(step.events ?? []))
    return `step ${i} ${JSON.stringify(step)} GOT ${got}`;
  if (!op.endsWith("Child")) return null;
  const answer = play.answers[i];
  const error = answer?.ok === false ? (ERRORS[answer.error] ?? answer.error) : undefined;
  const { returns } = step;
  const wanted = typeof returns === "object" ? returns.error : undefined;
  const isSame = answer !== undefined && (error === undefined) === (wanted === undefined);
  const isNamed =
    !wanted ||
    ["already", "not_f", "runni", "resta"].every((word) => !wanted.startsWith(word)) ||
    wanted === error;
  return isSame && isNamed
    ? null
    : `step ${i} ${JSON.stringify(step)} RETURNED ${JSON.stringify(answer)}`;
}
