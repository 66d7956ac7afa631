// A world around a dispatcher: threads that come, answer and go by a random script, and a ledger that knows nothing but
// what went in and what came out. What breaks a law is thrown.

import fc from "fast-check";
import type {
  DispatchEffect,
  DispatchEvent,
  Dispatcher,
  DispatchRules,
  Job,
} from "../../src/pool/dispatch-types.js";

export const rules: fc.Arbitrary<DispatchRules> = fc.record({
  slots: fc.integer({ min: 1, max: 4 }),
  perThread: fc.constantFrom(1, 1, 2, 3),
  maxQueue: fc.constantFrom(0, 1, 3, Infinity),
  uses: fc.constantFrom(null, null, 1, 2, 3),
  heapBytes: fc.constantFrom(null, 100),
  abortGraceMs: fc.constantFrom(0, 10, 10, Infinity),
});

/** One thing that a script lets happen. `pick` chooses among what there is. */
export interface Move {
  readonly kind:
    | "run"
    | "withdraw"
    | "unsent"
    | "answer"
    | "stale"
    | "up"
    | "down"
    | "crash"
    | "over"
    | "measured"
    | "pass"
    | "close"
    | "drop";
  readonly pick: number;
  readonly priority: number;
  readonly resends: number;
  readonly ms: number;
}

const weights: readonly (readonly [number, Move["kind"]])[] = [
  [12, "run"],
  [4, "withdraw"],
  [1, "unsent"],
  [10, "answer"],
  [1, "stale"],
  [8, "up"],
  [1, "down"],
  [4, "crash"],
  [1, "over"],
  [2, "measured"],
  [4, "pass"],
  [1, "close"],
  [1, "drop"],
];

export const script: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...weights.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) })),
    ) as fc.Arbitrary<Move["kind"]>,
    pick: fc.nat({ max: 1_000 }),
    priority: fc.constantFrom(0, 0, 0, 1, -1),
    resends: fc.constantFrom(0, 0, 1, 2),
    ms: fc.constantFrom(0, 1, 9, 10, 11, 999, 1_000),
  }),
  { minLength: 10, maxLength: 80 },
);

/** What the ledger knows of a slot. */
interface Thread {
  state: "down" | "up" | "over";
  generation: number;
  has: Job[];
  uses: number;
  isHeavy: boolean;
  ordered: "planned" | "withdrawn" | null;
  /** Whether it was replaced, and its successor is not up. */
  isAway: boolean;
  isPlanned: boolean;
  measuredAt: number | null;
}

export type Law =
  | "settled once"
  | "nothing is lost"
  | "to whom"
  | "least busy"
  | "order"
  | "no idle thread"
  | "queue bound"
  | "resends"
  | "recycling"
  | "withdrawn"
  | "drained"
  | "measured";

export class BrokenLaw extends Error {
  constructor(
    readonly law: Law,
    detail: string,
  ) {
    super(`${law}: ${detail}`);
  }
}

/** How often something worth a look was reached. */
export type Counts = Map<string, number>;

export class World {
  readonly jobs: Job[] = [];
  readonly threads: Thread[];
  readonly events: (readonly [event: DispatchEvent<Job>, at: number])[] = [];
  readonly waiting: Job[] = [];
  readonly settled = new Map<Job, string>();
  readonly sent = new Map<Job, number>();
  /** How often each might be sent again at first. */
  readonly given = new Map<number, number>();
  readonly withdrawnAt = new Map<Job, number>();
  readonly allowed = new Map<Job, number>();
  now = 0;
  isClosed = false;
  drained = 0;

  constructor(
    readonly dispatcher: Dispatcher<Job>,
    readonly rules: DispatchRules,
    readonly counts: Counts = new Map(),
  ) {
    this.threads = Array.from({ length: rules.slots }, () => ({
      state: "down",
      generation: -1,
      has: [],
      uses: 0,
      isHeavy: false,
      ordered: null,
      isAway: false,
      isPlanned: false,
      measuredAt: null,
    }));
  }

  get isOver(): boolean {
    return this.isClosed || this.threads.every(({ state }) => state === "over");
  }

  /** Lets a script happen, and then everything come to its end. */
  play(moves: readonly Move[]): void {
    for (const move of moves) this.move(move);
    for (const { kind, ms } of LAST) this.move({ kind, pick: 0, priority: 0, resends: 0, ms });
    for (let round = 0; this.jobs.some((job) => !this.settled.has(job)); round += 1) {
      if (round > 200) throw new BrokenLaw("nothing is lost", "a request is open for good");
      for (const [pick, { ordered }] of this.threads.entries()) {
        for (const kind of ordered ? CRASHES : WORKS) {
          this.move({ kind, pick, priority: 0, resends: 0, ms: 0 });
        }
      }
      if (this.threads.every(({ state }) => state === "over")) break;
    }
    for (const job of this.jobs) {
      if (!this.settled.has(job)) throw new BrokenLaw("nothing is lost", `request ${job.id}`);
    }
    if (this.drained !== 1) throw new BrokenLaw("drained", `${this.drained} times`);
  }

  move({ kind, pick, priority, resends, ms }: Move): void {
    const number = pick % this.threads.length;
    const thread = this.threads[number] as Thread;
    switch (kind) {
      case "run": {
        const id = this.jobs.length + 1;
        const links = { before: null, after: null };
        const at = { slot: -1, generation: -1, until: null, state: "new" as const };
        const job: Job = { id, order: id, priority, resends, ...at, ...links };
        this.jobs.push(job);
        this.allowed.set(job, resends);
        this.given.set(id, resends);
        return this.give({ type: "run", job });
      }
      case "withdraw": {
        const job = this.jobs[pick % Math.max(1, this.jobs.length)];
        return job && this.give({ type: "withdraw", job });
      }
      case "unsent": {
        const job = thread.has.at(-1);
        return job && this.give({ type: "unsent", job });
      }
      case "answer": {
        const job = thread.has[pick % Math.max(1, thread.has.length)];
        const { generation } = thread;
        return job && this.give({ type: "answered", slot: number, generation, id: job.id });
      }
      case "stale": {
        const job = this.jobs[pick % Math.max(1, this.jobs.length)];
        const generation = thread.generation - 1;
        return job && this.give({ type: "answered", slot: number, generation, id: job.id });
      }
      case "up": {
        if (thread.state !== "down") return;
        const isNew = thread.generation < 0 || thread.has.length === 0;
        const generation = isNew ? thread.generation + 1 : thread.generation;
        return this.give({ type: "up", slot: number, generation });
      }
      case "down":
        return thread.state === "up" ? this.give({ type: "down", slot: number }) : undefined;
      case "crash": {
        if (thread.generation < 0 || thread.state === "over") return;
        return this.give({ type: "exited", slot: number, generation: thread.generation });
      }
      case "over":
        return pick % 3 === 0 ? this.give({ type: "over", slot: number }) : undefined;
      case "measured": {
        const { generation } = thread;
        return this.give({ type: "measured", slot: number, generation, bytes: 100 + (pick % 2) });
      }
      case "pass":
        this.now += ms;
        return this.give({ type: "tick" });
      case "close":
        return pick % 4 === 0 ? this.give({ type: "close" }) : undefined;
      case "drop":
        return pick % 4 === 0 ? this.give({ type: "drop" }) : undefined;
    }
  }

  give(event: DispatchEvent<Job>): void {
    this.events.push([event, this.now]);
    this.#before(event);
    for (const effect of this.dispatcher.step(event, this.now)) this.#heed(effect, event);
    if (event.type === "run" && this.waiting.includes(event.job)) {
      const others = this.waiting.length - 1;
      if (others >= this.rules.maxQueue) throw new BrokenLaw("queue bound", `${others} wait`);
    }
    this.#after();
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  #settle(job: Job, how: string): void {
    if (this.settled.has(job)) {
      throw new BrokenLaw("settled once", `${job.id}: ${this.settled.get(job)}, then ${how}`);
    }
    this.settled.set(job, how);
    this.#unwait(job);
    this.#count(how);
  }

  #unwait(job: Job): void {
    const at = this.waiting.indexOf(job);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  /** What is so by the event alone. */
  #before(event: DispatchEvent<Job>): void {
    if (event.type === "run") this.waiting.push(event.job);
    if (event.type === "close" || event.type === "drop") this.isClosed = true;
    if (event.type === "unsent") {
      if (!this.settled.has(event.job)) this.settled.set(event.job, "unsent");
      for (const { has } of this.threads) {
        if (has.includes(event.job) && event.job.state === "given") remove(has, event.job);
      }
    }
    if (!("slot" in event)) return;
    const thread = this.threads[event.slot] as Thread;
    switch (event.type) {
      case "up":
        thread.state = "up";
        if (event.generation !== thread.generation) {
          Object.assign(thread, FRESH, { generation: event.generation, has: [] });
        }
        return;
      case "down":
        thread.state = "down";
        return;
      case "exited":
      case "over": {
        const { isAway, isPlanned } = thread;
        this.#gone(thread);
        Object.assign(thread, FRESH, { has: [], state: event.type === "over" ? "over" : "down" });
        thread.isAway = isAway && event.type === "exited";
        thread.isPlanned = isPlanned && event.type === "exited";
        return;
      }
      case "measured": {
        const { heapBytes } = this.rules;
        if (heapBytes !== null && event.bytes > heapBytes) thread.isHeavy = true;
        return;
      }
      case "answered": {
        const job = thread.has.find(({ id }) => id === event.id);
        if (!job || thread.generation !== event.generation) return;
        remove(thread.has, job);
        thread.uses += 1;
      }
    }
  }

  /** What was with a thread that is gone waits again, if it may be sent again. */
  #gone(thread: Thread): void {
    for (const job of thread.has) {
      if (this.settled.has(job)) continue;
      this.#count("in flight at an exit");
      const left = this.allowed.get(job) ?? 0;
      if (left > 0) this.waiting.push(job);
    }
  }

  #heed(effect: DispatchEffect<Job>, event: DispatchEvent<Job>): void {
    switch (effect.type) {
      case "give":
        return this.#given(effect.job, effect.slot);
      case "refuse":
        return this.#refused(effect.job, effect.why);
      case "settle":
        if (event.type !== "answered" || event.id !== effect.job.id) {
          throw new BrokenLaw("settled once", `${effect.job.id} has no answer`);
        }
        if ((this.sent.get(effect.job) ?? 0) > 1) this.#count("answered after it was sent again");
        return this.#settle(effect.job, "answered");
      case "withdrawn":
        if (event.type !== "withdraw" || event.job !== effect.job) {
          throw new BrokenLaw("withdrawn", `${effect.job.id} was not`);
        }
        return this.#settle(effect.job, "withdrawn");
      case "unask":
        if (!this.threads.some(({ has }) => has.includes(effect.job))) {
          throw new BrokenLaw("withdrawn", "nobody has it");
        }
        this.withdrawnAt.set(effect.job, this.now);
        return this.#count("withdrawn in flight");
      case "lost":
        if ((this.allowed.get(effect.job) ?? 0) > 0) {
          throw new BrokenLaw("resends", `${effect.job.id} could be sent again`);
        }
        return this.#settle(effect.job, "lost");
      case "resent":
        this.allowed.set(effect.job, (this.allowed.get(effect.job) ?? 0) - 1);
        if ((this.allowed.get(effect.job) ?? 0) < 0) {
          throw new BrokenLaw("resends", `${effect.job.id} once too often`);
        }
        return this.#count("sent again");
      case "over":
        if (!this.isOver) throw new BrokenLaw("nothing is lost", `${effect.job.id} is not over`);
        return this.#settle(effect.job, "over");
      case "replace":
        return this.#replaced(effect.slot, effect.why);
      case "measure":
        return this.#measured(effect.slot);
      case "drained":
        this.drained += 1;
        return;
    }
  }

  #given(job: Job, slot: number): void {
    const thread = this.threads[slot] as Thread;
    const who = `${job.id} to ${slot}`;
    if (this.settled.has(job)) throw new BrokenLaw("settled once", `${who}: it is settled`);
    if (thread.state !== "up" || thread.ordered || thread.has.length >= this.rules.perThread) {
      throw new BrokenLaw("to whom", who);
    }
    for (const other of this.threads) {
      if (this.#isFree(other) && other.has.length < thread.has.length) {
        throw new BrokenLaw("least busy", who);
      }
    }
    for (const other of this.waiting) {
      const isFirst = other.priority - job.priority || job.order - other.order;
      if (other !== job && isFirst > 0)
        throw new BrokenLaw("order", `${other.id} before ${job.id}`);
      if (other !== job && other.order < job.order) this.#count("overtaken by priority");
    }
    const sent = (this.sent.get(job) ?? 0) + 1;
    this.sent.set(job, sent);
    this.#unwait(job);
    thread.has.push(job);
  }

  #refused(job: Job, why: "full" | "over"): void {
    const others = this.waiting.length - 1;
    if (why === "over" ? !this.isOver : this.isOver || others < this.rules.maxQueue) {
      throw new BrokenLaw("queue bound", `${job.id} refused: ${why}, ${others} wait`);
    }
    this.#settle(job, `refused, ${why}`);
  }

  #isDue({ uses, isHeavy }: Thread): boolean {
    return isHeavy || (this.rules.uses !== null && uses >= this.rules.uses);
  }

  /** It can certainly take one. */
  #isFree(thread: Thread): boolean {
    const { state, ordered, has } = thread;
    return state === "up" && !ordered && !this.#isDue(thread) && has.length < this.rules.perThread;
  }

  #replaced(slot: number, why: "uses" | "heap" | "withdrawn"): void {
    const thread = this.threads[slot] as Thread;
    if (thread.ordered) throw new BrokenLaw("recycling", `${slot} is replaced already`);
    this.#count(`replaced, ${why}`);
    if (why === "withdrawn") {
      const late = thread.has.some(
        (job) => this.now >= (this.withdrawnAt.get(job) ?? Infinity) + this.rules.abortGraceMs,
      );
      if (!late) throw new BrokenLaw("withdrawn", `${slot} is not late`);
      thread.ordered = "withdrawn";
      thread.isAway = true;
      return;
    }
    if (!this.#isDue(thread) || thread.has.length > 0 || thread.state !== "up") {
      throw new BrokenLaw("recycling", `${slot} is not due, or has something`);
    }
    if (this.threads.some(({ isPlanned, state }) => isPlanned && state !== "over")) {
      throw new BrokenLaw("recycling", "two at a time");
    }
    thread.ordered = "planned";
    thread.isAway = true;
    thread.isPlanned = true;
  }

  #measured(slot: number): void {
    const thread = this.threads[slot] as Thread;
    const tooSoon = thread.measuredAt !== null && this.now - thread.measuredAt < 1_000;
    if (tooSoon || this.rules.heapBytes === null) throw new BrokenLaw("measured", `${slot}`);
    thread.measuredAt = this.now;
    this.#count("measured");
  }

  #after(): void {
    if (this.waiting.length > 0 && this.isOver && this.threads.every((t) => t.state === "over")) {
      throw new BrokenLaw("nothing is lost", "somebody waits for nobody");
    }
    if (this.waiting.length > 0) {
      this.#count("waiting");
      if (this.threads.some((thread) => this.#isFree(thread))) {
        throw new BrokenLaw("no idle thread", "somebody waits beside a free one");
      }
    }
    for (const [number, thread] of this.threads.entries()) {
      if (thread.ordered) continue;
      for (const job of thread.has) {
        const until = (this.withdrawnAt.get(job) ?? Infinity) + this.rules.abortGraceMs;
        if (this.now >= until) throw new BrokenLaw("withdrawn", `${number} is late`);
      }
    }
    const isAway = this.threads.some((one) => one.isAway);
    const isWaiting = this.threads.some(
      (one) => one.state === "up" && this.#isDue(one) && one.has.length === 0,
    );
    const isAnyDue = this.threads.some((one) => one.state === "up" && this.#isDue(one));
    if (isWaiting && !isAway && this.threads.filter((one) => this.#isDue(one)).length === 1) {
      throw new BrokenLaw("recycling", "nobody is replaced");
    }
    if (isAnyDue && isAway) this.#count("due while another is replaced");
    const isOpen = this.jobs.some((job) => !this.settled.has(job));
    const isDrained = this.isClosed && !isOpen;
    if (this.drained > 1 || (this.drained === 1) !== isDrained) {
      throw new BrokenLaw("drained", `${this.drained}, open ${isOpen}`);
    }
    this.#deadline();
  }

  #deadline(): void {
    const untils = this.threads.flatMap(({ has, ordered }) =>
      ordered
        ? []
        : has.map((job) => (this.withdrawnAt.get(job) ?? Infinity) + this.rules.abortGraceMs),
    );
    const first = Math.min(...untils, Infinity);
    const said = this.dispatcher.deadline() ?? Infinity;
    if (said !== first) throw new BrokenLaw("withdrawn", `deadline ${said}, not ${first}`);
  }
}

const WORKS = ["up", "answer"] as const;
const CRASHES = ["crash", "up"] as const;

const FRESH = {
  uses: 0,
  isHeavy: false,
  ordered: null,
  isAway: false,
  isPlanned: false,
  measuredAt: null,
};

const LAST: readonly { readonly kind: Move["kind"]; readonly ms: number }[] = [
  { kind: "close", ms: 0 },
  { kind: "pass", ms: 10 },
];

function remove(list: Job[], job: Job): void {
  list.splice(list.indexOf(job), 1);
}
