// Which thread gets which request, and when a thread is replaced. No clock, no thread, no promise: what happens goes in
// with its instant, what is to be done comes out.
//
// | when | then |
// |---|---|
// | a request comes, and a thread has room | it gets it: the one with the fewest requests, of several the first |
// | a request comes, and none has room | it waits: highest priority first, then first come first served |
// | a request comes, and `maxQueue` wait already | it is refused; so it is once nothing new is taken |
// | a waiting request is withdrawn | it leaves the line |
// | a request in flight is withdrawn | its thread hears of it, and has one request less only when it is done with it |
// | its thread is not done with it after `abortGraceMs` | the thread is replaced |
// | a thread ends with requests in flight | each goes back to its place in the line, if it may be sent again; else it is lost |
// | a thread has answered `uses` requests, or its heap is larger than `heapBytes` | it is due |
// | a thread is due, and no other one is being replaced | it gets nothing more, and is replaced when it has nothing left |
// | a thread is due, and another one is being replaced | it works on until its turn: the pool never goes all at once |
// | a thread is stopping, not ready, or not there | it gets nothing |
// | no slot will ever have a thread again | everything open is over, and everything new is refused |
// | nothing new is taken, and nothing is open | it is drained, once |

import type { Millis } from "@steadfast/policy";
import type {
  DispatchEffect,
  DispatchEvent,
  Dispatcher,
  DispatchRules,
  Job,
} from "./dispatch-types.js";
import { Line } from "./line.js";
import { Replacing } from "./replacing.js";
import { leastBusy, Slot } from "./slot.js";

export class Dispatch<One extends Job> implements Dispatcher<One> {
  readonly slots: readonly Slot<One>[];
  readonly #replacing: Replacing<One>;
  readonly #line = new Line<One>();
  #effects: DispatchEffect<One>[] = [];
  /** How many are with a thread, and wanted. */
  #wanted = 0;
  #isClosed = false;
  #isDrained = false;
  /** No slot will have a thread any more. */
  #isOver = false;

  constructor(private readonly rules: DispatchRules) {
    this.slots = Array.from({ length: rules.slots }, (_, number) => new Slot<One>(number));
    this.#replacing = new Replacing(this.slots, rules);
  }

  /** How many wait. */
  get queued(): number {
    return this.#line.size;
  }

  /** How many are with a thread, and wanted. */
  get inFlight(): number {
    return this.#wanted;
  }

  step(event: DispatchEvent<One>, now: Millis): readonly DispatchEffect<One>[] {
    this.#effects = [];
    this.#take(event, now);
    if (this.#isClosed && !this.#isDrained && this.#wanted === 0 && this.#line.size === 0) {
      this.#isDrained = true;
      this.#effects.push({ type: "drained" });
    }
    return this.#effects;
  }

  deadline(): Millis | null {
    return this.#replacing.deadline();
  }

  #take(event: DispatchEvent<One>, now: Millis): void {
    switch (event.type) {
      case "run":
        return this.#run(event.job);
      case "withdraw":
        return this.#withdraw(event.job, now);
      case "unsent":
        return this.#unsent(event.job);
      case "answered":
        return this.#answered(this.#slot(event), event, now);
      case "up":
        this.#slot(event).begin(event.generation);
        return this.#goOn();
      case "down":
        if (this.#slot(event).state === "up") this.#slot(event).state = "down";
        return;
      case "exited":
        return this.#exited(this.#slot(event), event.generation);
      case "over":
        return this.#over(this.#slot(event));
      case "measured":
        this.#replacing.measured(this.#slot(event), event.generation, event.bytes);
        return this.#goOn();
      case "tick":
        this.#effects.push(...this.#replacing.late(now));
        return;
      case "close":
        this.#isClosed = true;
        return;
      case "drop":
        return this.#drop();
    }
  }

  #slot({ slot }: { readonly slot: number }): Slot<One> {
    return this.slots[slot] as Slot<One>;
  }

  #run(job: One): void {
    if (this.#isClosed || this.#isOver) return this.#refuse(job, "over");
    const slot = this.#line.size === 0 ? leastBusy(this.slots, this.rules.perThread) : null;
    if (slot) return this.#give(job, slot);
    if (this.#line.size >= this.rules.maxQueue) return this.#refuse(job, "full");
    job.state = "waiting";
    this.#line.add(job);
  }

  #refuse(job: One, why: "full" | "over"): void {
    job.state = "settled";
    this.#effects.push({ type: "refuse", job, why });
  }

  #withdraw(job: One, now: Millis): void {
    if (job.state === "waiting") {
      this.#line.remove(job);
      job.state = "settled";
      this.#effects.push({ type: "withdrawn", job });
      return;
    }
    if (job.state !== "given") return;
    job.state = "withdrawn";
    this.#wanted -= 1;
    this.#replacing.withdrawn(job, this.#slot(job), now);
    this.#effects.push({ type: "withdrawn", job }, { type: "unask", job });
    this.#effects.push(...this.#replacing.late(now));
  }

  /** Its thread never heard of it. */
  #unsent(job: One): void {
    if (job.state !== "given") return;
    this.#wanted -= 1;
    job.state = "settled";
    this.#slot(job).release(job);
    this.#goOn();
  }

  #answered(
    slot: Slot<One>,
    { id, generation }: { readonly id: number; readonly generation: number },
    now: Millis,
  ): void {
    const job = slot.has.get(id);
    if (!job || slot.generation !== generation) return;
    if (job.state === "given") {
      this.#wanted -= 1;
      this.#effects.push({ type: "settle", job });
    }
    job.state = "settled";
    slot.release(job);
    if (this.#replacing.used(slot, now)) {
      this.#effects.push({ type: "measure", slot: slot.number, generation });
    }
    this.#goOn();
  }

  /** What it had goes back, or is lost; in the order in which it came. */
  #exited(slot: Slot<One>, generation: number): void {
    if (slot.state !== "over") slot.state = "down";
    if (slot.generation !== generation) return;
    const had = [...slot.has.values()];
    slot.has.clear();
    slot.forget();
    for (const job of had) {
      if (job.state === "withdrawn") {
        job.state = "settled";
        continue;
      }
      this.#wanted -= 1;
      if (job.resends > 0) {
        job.resends -= 1;
        job.state = "waiting";
        this.#line.putBack(job);
        this.#effects.push({ type: "resent", job });
      } else {
        job.state = "settled";
        this.#effects.push({ type: "lost", job, slot: slot.number });
      }
    }
    this.#goOn();
  }

  #over(slot: Slot<One>): void {
    if (slot.state === "over") return;
    this.#exited(slot, slot.generation);
    slot.state = "over";
    slot.isReplaced = null;
    this.#isOver = this.slots.every(({ state }) => state === "over");
    if (this.#isOver) this.#end();
    else this.#goOn();
  }

  #drop(): void {
    this.#isClosed = true;
    for (const { has } of this.slots) {
      for (const job of has.values()) {
        if (job.state !== "given") continue;
        job.state = "withdrawn";
        this.#wanted -= 1;
        this.#effects.push({ type: "over", job });
      }
    }
    this.#end();
  }

  /** Those who wait are answered by nobody. */
  #end(): void {
    for (let job = this.#line.take(); job; job = this.#line.take()) {
      job.state = "settled";
      this.#effects.push({ type: "over", job });
    }
  }

  /** Begins the next replacement, and gives out what waits. */
  #goOn(): void {
    const next = this.#replacing.next();
    if (next) this.#effects.push(next);
    while (this.#line.size > 0) {
      const slot = leastBusy(this.slots, this.rules.perThread);
      if (!slot) return;
      this.#give(this.#line.take() as One, slot);
    }
  }

  #give(job: One, slot: Slot<One>): void {
    job.state = "given";
    job.slot = slot.number;
    job.generation = slot.generation;
    slot.has.set(job.id, job);
    this.#wanted += 1;
    this.#effects.push({ type: "give", job, slot: slot.number });
  }
}
