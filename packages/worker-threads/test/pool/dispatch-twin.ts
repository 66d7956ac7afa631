// The dispatcher once more, as dumb as can be: lists that are sorted and searched anew each time. Its small methods are
// what the faulty dispatchers get wrong.

import type {
  DispatchEffect,
  DispatchEvent,
  Dispatcher,
  DispatchRules,
  Job,
  ReplaceReason,
} from "../../src/pool/dispatch-types.js";

export interface TwinSlot {
  state: "down" | "up" | "over";
  generation: number;
  uses: number;
  due: "uses" | "heap" | null;
  retiring: boolean;
  replaced: ReplaceReason | null;
  measuredAt: number | null;
}

export class Twin implements Dispatcher<Job> {
  readonly slots: TwinSlot[];
  /** Every job that is not settled, and those that were withdrawn and are still with a thread. */
  jobs: Job[] = [];
  /** When a thread has to let go of a job that was withdrawn. */
  readonly until = new Map<Job, number>();
  closed = false;
  drained = false;
  out: DispatchEffect<Job>[] = [];

  constructor(readonly rules: DispatchRules) {
    this.slots = Array.from({ length: rules.slots }, () => ({
      state: "down",
      generation: -1,
      uses: 0,
      due: null,
      retiring: false,
      replaced: null,
      measuredAt: null,
    }));
  }

  with(slot: number): Job[] {
    return this.jobs.filter(
      (job) => (job.state === "given" || job.state === "withdrawn") && job.slot === slot,
    );
  }

  waiting(): Job[] {
    return this.jobs
      .filter(({ state }) => state === "waiting")
      .sort((one, other) => other.priority - one.priority || one.order - other.order);
  }

  /** The next of those that wait. */
  pick(waiting: readonly Job[]): Job | undefined {
    return waiting[0];
  }

  canTake(number: number): boolean {
    const slot = this.slots[number] as TwinSlot;
    return (
      slot.state === "up" &&
      !slot.retiring &&
      slot.replaced === null &&
      this.with(number).length < this.rules.perThread
    );
  }

  room(): number | undefined {
    return this.slots
      .map((_, number) => number)
      .filter((number) => this.canTake(number))
      .sort((one, other) => this.with(one).length - this.with(other).length || one - other)[0];
  }

  isFull(): boolean {
    return this.waiting().length >= this.rules.maxQueue;
  }

  mayResend(job: Job): boolean {
    return job.resends > 0;
  }

  isDue(slot: TwinSlot): boolean {
    return this.rules.uses !== null && slot.uses >= this.rules.uses;
  }

  isTooLarge(bytes: number): boolean {
    return this.rules.heapBytes !== null && bytes > this.rules.heapBytes;
  }

  isOf(job: Job, generation: number): boolean {
    return job.generation === generation;
  }

  isLate(job: Job, now: number): boolean {
    return (this.until.get(job) ?? Infinity) <= now;
  }

  isAnotherAway(): boolean {
    return this.slots.some(
      ({ retiring, replaced, state }) => state !== "over" && (retiring || replaced !== null),
    );
  }

  isOpen(): boolean {
    return this.jobs.some(({ state }) => state === "given" || state === "waiting");
  }

  /** What is with a thread when it was withdrawn: it stays there. */
  keepsPlace(_: Job): boolean {
    return true;
  }

  settle(job: Job): void {
    job.state = "settled";
    this.jobs = this.jobs.filter((one) => one !== job);
    this.until.delete(job);
  }

  give(job: Job, slot: number): void {
    Object.assign(job, { state: "given", slot, generation: this.slots[slot]?.generation });
    if (!this.jobs.includes(job)) this.jobs.push(job);
    this.out.push({ type: "give", job, slot });
  }

  goOn(): void {
    this.replaceNext();
    for (;;) {
      const job = this.pick(this.waiting());
      const slot = this.room();
      if (!job || slot === undefined) return;
      this.give(job, slot);
    }
  }

  replaceNext(): void {
    const retiring = this.slots.findIndex(
      (one) => one.retiring && one.replaced === null && one.state === "up",
    );
    const due = this.slots.findIndex((one) => one.due !== null && one.state === "up");
    const number = retiring >= 0 || this.isAnotherAway() ? retiring : due;
    const slot = this.slots[number];
    if (!slot?.due) return;
    slot.retiring = true;
    if (this.with(number).length === 0) this.replace(number, slot.due);
  }

  replace(number: number, why: ReplaceReason): void {
    const slot = this.slots[number] as TwinSlot;
    slot.replaced = why;
    this.out.push({ type: "replace", slot: number, generation: slot.generation, why });
  }

  late(now: number): void {
    for (const [number, slot] of this.slots.entries()) {
      const isLate = this.with(number).some((job) => this.isLate(job, now));
      if (isLate && slot.replaced === null) this.replace(number, "withdrawn");
    }
  }

  ended(number: number): void {
    const slot = this.slots[number] as TwinSlot;
    const had = this.with(number);
    Object.assign(slot, { uses: 0, due: null, retiring: false, measuredAt: null });
    for (const job of had.sort((one, other) => this.place(one) - this.place(other))) {
      if (job.state === "withdrawn") this.settle(job);
      else if (this.mayResend(job)) {
        job.resends -= 1;
        job.state = "waiting";
        this.out.push({ type: "resent", job });
      } else {
        this.settle(job);
        this.out.push({ type: "lost", job, slot: number });
      }
    }
  }

  /** In which order it was given: that of the effects. */
  place(job: Job): number {
    return this.given.indexOf(job.id);
  }
  given: number[] = [];

  end(): void {
    for (const job of this.waiting()) {
      this.settle(job);
      this.out.push({ type: "over", job });
    }
  }

  deadline(): number | null {
    const all = this.slots.flatMap(({ replaced }, number) =>
      replaced === null ? this.with(number).flatMap((job) => this.until.get(job) ?? []) : [],
    );
    return all.length > 0 ? Math.min(...all) : null;
  }

  step(event: DispatchEvent<Job>, now: number): readonly DispatchEffect<Job>[] {
    this.out = [];
    this.take(event, now);
    for (const effect of this.out) if (effect.type === "give") this.noteGiven(effect.job);
    if (this.closed && !this.drained && !this.isOpen()) {
      this.drained = true;
      this.out.push({ type: "drained" });
    }
    return this.out;
  }

  noteGiven(job: Job): void {
    this.given = [...this.given.filter((id) => id !== job.id), job.id];
  }

  take(event: DispatchEvent<Job>, now: number): void {
    switch (event.type) {
      case "run": {
        const { job } = event;
        const isOver = this.closed || this.slots.every(({ state }) => state === "over");
        const slot = this.waiting().length === 0 ? this.room() : undefined;
        if (!isOver && slot !== undefined) return this.give(job, slot);
        if (isOver || this.isFull()) {
          job.state = "settled";
          this.out.push({ type: "refuse", job, why: isOver ? "over" : "full" });
          return;
        }
        job.state = "waiting";
        this.jobs.push(job);
        return;
      }
      case "withdraw":
        return this.withdraw(event.job, now);
      case "unsent":
        if (event.job.state !== "given") return;
        this.settle(event.job);
        return this.goOn();
      case "answered":
        return this.answered(event.slot, event, now);
      case "up": {
        const slot = this.slots[event.slot] as TwinSlot;
        slot.state = "up";
        if (slot.generation !== event.generation) {
          const fresh = { uses: 0, due: null, retiring: false, replaced: null, measuredAt: null };
          Object.assign(slot, fresh, { generation: event.generation });
        }
        return this.goOn();
      }
      case "down": {
        const slot = this.slots[event.slot] as TwinSlot;
        if (slot.state === "up") slot.state = "down";
        return;
      }
      case "exited": {
        const slot = this.slots[event.slot] as TwinSlot;
        if (slot.state !== "over") slot.state = "down";
        if (slot.generation !== event.generation) return;
        this.ended(event.slot);
        return this.goOn();
      }
      case "over": {
        const slot = this.slots[event.slot] as TwinSlot;
        if (slot.state === "over") return;
        slot.state = "down";
        this.ended(event.slot);
        this.goOn();
        Object.assign(slot, { state: "over", replaced: null });
        if (this.slots.every(({ state }) => state === "over")) this.end();
        else this.goOn();
        return;
      }
      case "measured": {
        const slot = this.slots[event.slot] as TwinSlot;
        const isIts = slot.generation === event.generation && slot.state !== "over";
        if (isIts && this.isTooLarge(event.bytes)) slot.due ??= "heap";
        return this.goOn();
      }
      case "tick":
        return this.late(now);
      case "close":
        this.closed = true;
        return;
      case "drop":
        this.closed = true;
        for (let number = 0; number < this.slots.length; number += 1) {
          const had = this.with(number).sort((one, other) => this.place(one) - this.place(other));
          for (const job of had) {
            if (job.state !== "given") continue;
            job.state = "withdrawn";
            this.out.push({ type: "over", job });
          }
        }
        return this.end();
    }
  }

  withdraw(job: Job, now: number): void {
    if (job.state === "waiting") {
      this.settle(job);
      this.out.push({ type: "withdrawn", job });
      return;
    }
    if (job.state !== "given") return;
    job.state = "withdrawn";
    this.until.set(job, now + this.rules.abortGraceMs);
    if (now + this.rules.abortGraceMs === Infinity) this.until.delete(job);
    this.out.push({ type: "withdrawn", job }, { type: "unask", job });
    this.late(now);
    if (!this.keepsPlace(job)) {
      this.settle(job);
      this.goOn();
    }
  }

  answered(
    number: number,
    { id, generation }: { readonly id: number; readonly generation: number },
    now: number,
  ): void {
    const slot = this.slots[number] as TwinSlot;
    const job = this.with(number).find((one) => one.id === id);
    if (!job || !this.isOf(job, generation)) return;
    if (job.state === "given") this.out.push({ type: "settle", job });
    this.settle(job);
    slot.uses += 1;
    if (this.isDue(slot)) slot.due ??= "uses";
    const { heapBytes } = this.rules;
    const isOld = slot.measuredAt === null || now - slot.measuredAt >= 1_000;
    if (heapBytes !== null && !slot.due && slot.state === "up" && isOld) {
      slot.measuredAt = now;
      this.out.push({ type: "measure", slot: number, generation: slot.generation });
    }
    this.goOn();
  }
}
