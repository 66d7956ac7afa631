// One step of the twin: the state is a copy that is changed in place, and recursion does the nesting.

import type { Exit, ExitRecord, Millis } from "@steadfast/policy";
import { exitRecord } from "@steadfast/policy";
import { type Gone, isDown, isFree, isUp, Member, type Owner } from "./member.js";
import type {
  Dependency,
  Heard,
  Kid,
  LateItem,
  LaterItem,
  Operation,
  Said,
  TwinKind,
  TwinPlan,
  TwinRules,
  TwinState,
} from "./words.js";

const DONE = ["not-wanted", "stop-when"];

export class Act implements Owner {
  readonly out: Said[] = [];
  /** What nested trees said in this step: they are up, or have ended. */
  readonly heard: { readonly kid: Kid; readonly generation: number; readonly said: Said }[] = [];
  readonly members = new Map<Kid, Member>();
  hasForgiven = false;
  /** What was there is lost with its host: of each whether it was to be down anyway. */
  losing: { readonly wasStopping: boolean } | null = null;
  #answers: (() => void)[] | null = null;
  #hasDrawn = false;
  #fault: { readonly kid: Kid | null; readonly error: unknown } | null = null;

  constructor(
    readonly rules: TwinRules,
    readonly s: TwinState,
    readonly event: Heard,
    readonly now: Millis,
  ) {}

  get wall() {
    return this.event.wall;
  }
  get draw() {
    return this.event.draw;
  }
  get budgetOf() {
    return this.rules.budget;
  }
  get budget() {
    return this.s.budget;
  }
  set budget(state: unknown) {
    this.s.budget = state;
  }

  // --- children

  find(id: string | undefined): Kid | undefined {
    return this.s.kids.find((kid) => kid.id === id);
  }
  kind(kid: Kid): TwinKind {
    return this.rules.kinds.get(kid.kind) as TwinKind;
  }
  member(kid: Kid): Member {
    const known = this.members.get(kid) ?? new Member(this, kid, this.kind(kid));
    this.members.set(kid, known);
    return known;
  }
  place(id: string): number {
    return this.s.kids.findIndex((kid) => kid.id === id);
  }
  ordered(ids: Iterable<string>): string[] {
    return [...new Set(ids)].sort((one, other) => this.place(one) - this.place(other));
  }
  remove(kid: Kid): void {
    this.s.kids = this.s.kids.filter((one) => one !== kid);
    if (this.rules.children.includes(kid.id)) this.s.gone[kid.id] = kid.completed;
    for (const roll of this.s.rolls) roll.isLost ||= kid.id in roll.since;
    this.out.push({ type: "removed", path: [kid.id] });
    this.unplan(kid.id);
    this.forget(kid.id);
    if (this.s.plan) this.s.plan.stop = this.s.plan.stop.filter((id) => id !== kid.id);
  }
  /** It is not to be started by the plan any more. */
  unplan(id: string): void {
    const { plan } = this.s;
    if (!plan) return;
    plan.start = plan.start.filter((one) => one !== id);
    plan.starting = plan.starting.filter((one) => one !== id);
  }
  /** Nobody starts it any more; an order to start it has failed. */
  leave(id: string): void {
    const { plan } = this.s;
    const op = plan?.ops.find((one) => one.id === id && one.type !== "terminate-child");
    this.unplan(id);
    if (op) this.finish(op, "start-failed");
  }
  /** Its exit is not looked at any more. */
  forget(id: string): void {
    for (const item of this.lateOf(id)) item.overtaken = true;
  }
  /** Its exits that are still to be looked at. */
  lateOf(id: string): LateItem[] {
    return this.s.later.filter(
      (item): item is LateItem => "exitOf" in item && item.exitOf === id && !item.overtaken,
    );
  }
  /** It is there, or its exit is still to be looked at; a start that failed was never there. */
  isRunning(kid: Kid): boolean {
    return !isDown(kid.slot) || this.lateOf(kid.id).some(({ unstarted }) => !unstarted);
  }
  dropWait(kid: Kid): void {
    kid.wait = null;
    kid.held = false;
  }
  /** Its policy gets an exit that nobody has looked at yet: an order has overtaken it. */
  tellLate(kid: Kid): void {
    for (const item of this.lateOf(kid.id)) {
      const { exit, failed, uptimeMs } = item;
      this.member(kid).fact({ type: "exited", exit: exit as Exit, failed, uptimeMs });
    }
    this.forget(kid.id);
  }
  isAwaited(kid: Kid): boolean {
    const { plan } = this.s;
    const isLate = this.lateOf(kid.id).length > 0;
    return kid.wait !== null || isLate || (plan?.start.includes(kid.id) ?? false);
  }

  // --- what is said

  say(kid: Kid, effect: Said): void {
    if (this.kind(kid).tree) {
      if (effect.type === "launch") return this.launchInner(kid);
      if (effect.type === "request-stop") return this.inner(kid, { type: "stop", by: "parent" });
      if (effect.type === "kill") return this.inner(kid, { type: "kill", by: "parent" });
    }
    this.out.push({ ...effect, path: [kid.id] });
  }
  drawn(): void {
    if (!this.#hasDrawn) this.out.push({ type: "drawn" });
    this.#hasDrawn = true;
  }
  answered(ref: unknown, error?: string): void {
    if (typeof ref !== "number") return;
    this.out.push(
      error === undefined
        ? { type: "answered", ref, ok: true }
        : { type: "answered", ref, ok: false, error },
    );
  }
  forgiven(): void {
    this.hasForgiven = this.rules.budget !== null;
  }
  askAgain(): boolean {
    if (!this.hasForgiven) return false;
    this.hasForgiven = false;
    if (this.s.end) return true;
    // Everybody has asked before it is looked at what was answered.
    const answers: (() => void)[] = [];
    this.#answers = answers;
    for (const kid of this.s.kids) this.member(kid).askAgain();
    this.#answers = null;
    for (const answer of answers) answer();
    return true;
  }
  breaks(kid: Kid | null, error: unknown): void {
    this.#fault ??= { kid, error };
  }
  isBroken(): boolean {
    return this.#fault !== null;
  }

  // --- nested trees

  launchInner(kid: Kid): void {
    const { tree } = this.kind(kid);
    if (!tree) return;
    kid.inner = tree.initial();
    const { cause } = kid.seat ?? { cause: "start" };
    kid.seat = { cause, launched: true, recycle: null };
    this.member(kid).tell({ type: "launched", cause });
    this.inner(kid, { type: "begin" });
    this.inner(kid, { type: "tick" });
  }
  inner(kid: Kid, event: { readonly type: string; readonly [key: string]: unknown }): void {
    const { tree } = this.kind(kid);
    if (!tree || !kid.inner) return;
    const draw = this.member(kid).draw;
    const [after, said] = tree.step(kid.inner, { ...event, draw, wall: this.wall }, this.now);
    kid.inner = after;
    for (const effect of said) {
      if (effect.type === "drawn") this.drawn();
      else if (!effect.path && (effect.type === "up" || effect.type === "settle")) {
        this.heard.push({ kid, generation: kid.slot.generation, said: effect });
      } else this.out.push({ ...effect, path: [kid.id, ...(effect.path ?? [])] });
    }
  }
  takeHeard(): boolean {
    const next = this.heard.shift();
    if (!next) return false;
    const { kid, generation, said } = next;
    if (!this.s.kids.includes(kid)) return true;
    if (said.type === "up") this.member(kid).move({ type: "ready", generation });
    else {
      const outcome = said["outcome"] as Said;
      kid.blame = outcome.path ?? [];
      this.member(kid).move({ type: "exited", generation, exit: exitOfTree(outcome) });
    }
    return true;
  }

  // --- what members ask

  isWorking(plan: TwinPlan | null = this.s.plan): boolean {
    if (!plan) return false;
    return plan.stop.length > 0 || plan.starting.length > 0 || this.isOpen(plan);
  }
  /** Every wait in the group is over. */
  isOpen(plan: TwinPlan): boolean {
    if (plan.open) return true;
    return plan.start.every((id) => {
      const kid = this.find(id);
      // Who waits for a first launch of its own does that when it is its turn.
      const wait = kid?.held && kid.slot.attempt > 0 ? kid.wait : null;
      return !wait || (wait.for === "delay" && wait.until <= this.now);
    });
  }
  isEnding(): boolean {
    return this.s.end !== null;
  }

  isStopping(kid: Kid): boolean {
    return this.s.end !== null || (this.s.plan?.stop.includes(kid.id) ?? false);
  }
  holds(kid: Kid): boolean {
    return kid.held;
  }

  gone(kid: Kid, given: Gone): void {
    const { plan } = this.s;
    // A restart that was ordered meanwhile has happened already.
    const gone = { ...given, ordered: given.ordered || !isDown(kid.slot) };
    const member = this.member(kid);
    if (this.losing) return this.lost(member, this.losing, gone);
    if (plan?.stop.includes(kid.id) || this.s.end) return;
    // By an order about it alone it is to stay down.
    if (kid.done) {
      const { exit, failed, uptimeMs } = gone;
      const isHalted = gone.cause === "halt" || gone.cause === "force";
      if (gone.ordered && !isHalted) member.fact({ type: "exited", exit, failed, uptimeMs });
      if (this.kind(kid).restart === "temporary" && isDown(kid.slot)) this.remove(kid);
      return;
    }
    const isStarting = plan?.starting.includes(kid.id) ?? false;
    const declined = gone.early && !gone.ordered && gone.exit.kind === "completed";
    const isStuck =
      isStarting && !declined && this.isJudged(kid) && this.rules.strategy !== "one-for-one";
    const waits = !isStarting && this.isWorking() && !this.isWaitedFor(kid);
    if (!gone.ordered && (isStuck || waits)) {
      const { failed, uptimeMs } = gone;
      const exit = exitRecord(gone.exit);
      if (plan && isStuck) this.withoutGroup(plan, kid);
      this.s.later.push({ exitOf: kid.id, exit, failed, uptimeMs, declined, unstarted: isStuck });
      return;
    }
    this.judge(kid, { ...gone, declined, isStarting }, member);
  }
  /** Its policy gets that, and nothing follows; not what it was ended for by a plan. */
  lost(member: Member, { wasStopping }: { readonly wasStopping: boolean }, gone: Gone): void {
    const { exit, failed, uptimeMs, ordered, cause } = gone;
    const isPlanned = cause === "halt" || cause === "force" || wasStopping;
    if (!ordered || !isPlanned) member.fact({ type: "exited", exit, failed, uptimeMs });
  }
  /** In a graph: without it somebody of the plan does not come. */
  isWaitedFor(kid: Kid): boolean {
    const { plan } = this.s;
    const entry = this.entryOf(kid.id);
    const left = plan?.start.filter((id) => !plan.starting.includes(id)) ?? [];
    return left.some((id) => this.needsOf(this.entryOf(id)).some((need) => need.id === entry));
  }
  /** Its group is not started any more; those of it that are on their way may come up first. */
  withoutGroup(plan: TwinPlan, kid: Kid): void {
    const group = this.groupOf(kid).map(({ id }) => id);
    const isComing = (id: string) => plan.starting.includes(id) && id !== kid.id;
    const leaves = (id: string) =>
      group.includes(id) && !isComing(id) && !plan.ops.some((op) => op.id === id);
    for (const id of plan.start.filter(leaves)) {
      if (id === kid.id) continue;
      this.s.lost = true;
      // It waits for nothing any more: until the one that failed is looked at, it is stopped.
      const other = this.find(id);
      if (other?.held) this.dropWait(other);
    }
    plan.start = plan.start.filter((id) => !leaves(id));
    plan.starting = plan.starting.filter((id) => !leaves(id));
    if (plan.start.length === 0) this.s.plan = null;
  }
  /** It is down, and nobody wanted it so. */
  isToStart({ slot, done, wait, held }: Kid): boolean {
    return isDown(slot) && slot.intent === "active" && !done && (held || !wait);
  }
  /** Those that a plan had still to start when it was given up, and nobody has started since. */
  startLost(): boolean {
    const { s } = this;
    if (!s.lost || s.plan || s.later.length > 0 || s.end) return false;
    s.lost = false;
    const plan = this.planned();
    plan.start = s.kids.filter((kid) => this.isToStart(kid)).map(({ id }) => id);
    plan.boot = !s.up;
    return true;
  }
  judge(
    kid: Kid,
    gone: Pick<Gone, "failed" | "uptimeMs" | "ordered"> & {
      readonly exit: Exit | ExitRecord;
      readonly declined: boolean;
      readonly isStarting: boolean;
    },
    member: Member,
  ): void {
    const { exit, failed, uptimeMs } = gone;
    if (gone.declined) {
      return gone.isStarting ? this.startFailed(kid, true, member) : this.declined(kid);
    }
    if (gone.isStarting && !gone.ordered && !this.isJudged(kid)) {
      return this.startFailed(kid, false, member);
    }
    member.fact({ type: "exited", exit: exit as Exit, failed, uptimeMs });
    if (this.isBroken()) return;
    if (gone.ordered) {
      if (isFree(kid.slot)) member.occupy("operator");
    } else if (gone.isStarting) this.startFailed(kid, gone.declined, member);
    else member.request("restart");
  }
  /** Whether a start that failed is put to the policy. */
  isJudged(kid: Kid): boolean {
    const { plan } = this.s;
    const isOrdered = plan?.ops.some(({ id, type }) => id === kid.id && type !== "terminate-child");
    return !isOrdered && !(plan?.boot && plan.strict);
  }
  declined(kid: Kid): void {
    kid.done = true;
    kid.begunAt = null;
    this.unplan(kid.id);
    if (this.kind(kid).restart === "temporary") this.remove(kid);
  }
  startFailed(kid: Kid, declined: boolean, member: Member | null): void {
    const plan = this.s.plan as TwinPlan;
    const op = plan.ops.find(({ id, type }) => id === kid.id && type !== "terminate-child");
    if (declined) {
      this.unplan(kid.id);
      if (op) this.finish(op);
      return this.declined(kid);
    }
    if (op) {
      this.unplan(kid.id);
      if (!isDown(kid.slot)) {
        // Its time is over while it comes up: it goes down first, and then the order has failed.
        kid.done = true;
        kid.begunAt = null;
        plan.stop = [...plan.stop, kid.id];
        return;
      }
      this.finish(op, "start-failed");
      if (op.type === "start-child") this.remove(kid);
      else {
        kid.done = true;
        kid.begunAt = null;
      }
      return;
    }
    if (plan.boot && plan.strict)
      return this.endAll({ type: "start-failed", path: [kid.id, ...kid.blame] });
    plan.starting = plan.starting.filter((id) => id !== kid.id);
    if (this.rules.strategy === "one-for-one") this.unplan(kid.id);
    member?.request("restart");
  }
  finish(op: Operation, error?: string): void {
    const { plan } = this.s;
    if (plan) plan.ops = plan.ops.filter((one) => one !== op);
    this.answered(op.ref, error);
  }

  /** A launch is admitted, or will be: with it goes its group. */
  admitted(kid: Kid): void {
    if (this.#answers) return void this.#answers.push(() => this.admitted(kid));
    if (this.s.end) return;
    const isAlone = this.rules.strategy === "one-for-one" || this.s.plan?.starting.includes(kid.id);
    if (isAlone) return this.member(kid).heedWait();
    if (kid.held) return;
    const group = this.groupOf(kid);
    const hadPlan = this.s.plan !== null;
    const plan = this.planned();
    if (!hadPlan) plan.boot = !this.s.up;
    const stop = new Set(plan.stop);
    const start = new Set(plan.start);
    for (const other of group) {
      if (other !== kid) this.forget(other.id);
      const isTemporary = this.kind(other).restart === "temporary";
      const isAlive = !isDown(other.slot);
      const isPaused = other.slot.intent !== "active";
      const isNew = other.slot.attempt === 0;
      const isComing = plan.starting.includes(other.id);
      plan.starting = plan.starting.filter((id) => id !== other.id);
      if (other !== kid && other.wait && isComing) other.held = true;
      if (isAlive) stop.add(other.id);
      if (other !== kid && isTemporary && !isAlive && !isPaused && !isNew) {
        stop.add(other.id);
        start.delete(other.id);
      } else if (!isPaused && (!isTemporary || isNew || other === kid)) start.add(other.id);
      if (isTemporary && isAlive) start.delete(other.id);
    }
    plan.stop = this.ordered(stop);
    plan.start = this.ordered(start);
    plan.open = false;
    kid.held = true;
    const others = this.s.kids.filter((one) => !group.includes(one) && !start.has(one.id));
    this.s.lost &&= others.some((one) => this.isToStart(one));
    this.dropPending(plan.stop);
  }
  /** Nobody who is to be down is launched again by a restart that was ordered before. */
  dropPending(ids: readonly string[]): void {
    for (const id of ids) {
      const kid = this.find(id);
      const phase = kid?.slot.phase;
      if (kid && phase?.status === "cancelling" && phase.pending)
        this.member(kid).move({ type: "halt" });
    }
  }
  planned(): TwinPlan {
    this.s.plan ??= {
      stop: [],
      start: [],
      starting: [],
      boot: false,
      strict: false,
      open: false,
      openedAt: 0,
      ops: [],
    };
    return this.s.plan;
  }
  groupOf(kid: Kid): Kid[] {
    const { kids } = this.s;
    if (this.rules.strategy === "one-for-all") return [...kids];
    if (!this.rules.isGraph) return kids.slice(kids.indexOf(kid));
    return kids.filter((other) => other === kid || this.standsBehind(other, kid.id));
  }
  /** The entry of the list that a name stands for; one that was added by an order has none. */
  entryOf(id: string): string | undefined {
    return [...this.rules.entries].find(([, names]) => names.includes(id))?.[0];
  }
  needsOf(entry: string | undefined): readonly Dependency[] {
    return this.rules.after.get(entry ?? "") ?? [];
  }
  /** Whether one is started after the other, directly or not, whoever of them is there now. */
  standsBehind(kid: Kid, id: string): boolean {
    const [entry, other] = [this.entryOf(kid.id), this.entryOf(id)];
    const isBehind = (one: string | undefined): boolean =>
      this.needsOf(one).some((need) => need.id === other || isBehind(need.id));
    return other !== undefined && isBehind(entry);
  }

  refused(kid: Kid, reason: string, retryAfterMs: Millis | null): void {
    if (this.#answers) {
      return void this.#answers.push(() => this.refused(kid, reason, retryAfterMs));
    }
    if (this.s.end) return;
    if (this.s.plan?.starting.includes(kid.id) && !this.isJudged(kid)) {
      return this.startFailed(kid, false, null);
    }
    if (!DONE.includes(reason)) {
      return this.endAll({ type: "refused", reason, retryAfterMs, path: [kid.id, ...kid.blame] });
    }
    kid.done = true;
    kid.begunAt = null;
    this.unplan(kid.id);
    const { significant, restart } = this.kind(kid);
    if (restart === "temporary") this.remove(kid);
    const { autoShutdown } = this.rules;
    if (!significant || autoShutdown === "never") return;
    const others = this.s.kids.filter((one) => one !== kid && this.kind(one).significant);
    const isLast = !others.some(
      (one) => !isDown(one.slot) || this.isAwaited(one) || (this.s.lost && this.isToStart(one)),
    );
    if (autoShutdown === "any-significant" || isLast) {
      this.endAll({ type: "completed", path: [kid.id] });
    }
  }

  // --- ending

  endAll(outcome: Said): void {
    const { s } = this;
    if (s.end) return;
    s.end = outcome;
    const ops = s.plan?.ops ?? [];
    s.plan = null;
    for (const { ref } of ops) this.answered(ref, "shutdown");
    for (const item of s.later) if ("order" in item) this.answered(item.order["ref"], "shutdown");
    for (const { ref } of s.rolls) this.answered(ref, "shutdown");
    s.later = [];
    s.rolls = [];
    for (const kid of s.kids) this.dropWait(kid);
    const stop = s.kids.map(({ id }) => id);
    this.planned().stop = stop;
    this.dropPending(stop);
  }
  takeFault(): void {
    if (!this.#fault) return;
    const { kid, error } = this.#fault;
    this.#fault = null;
    if (this.s.end?.type === "failed") return;
    const path = kid ? [kid.id] : null;
    this.out.push({ type: "fault", error, ...(path && { path }) });
    // That a contract was broken is always said, and stays the cause.
    if (this.s.end) this.s.end = { type: "failed", path };
    else this.endAll({ type: "failed", path });
  }
  isOnItsWay(kid: Kid): boolean {
    return !isDown(kid.slot) && !isUp(kid);
  }
  postpone(item: LaterItem): void {
    this.s.later.push(item);
  }
}

function exitOfTree(outcome: Said): Exit {
  const { type } = outcome;
  if (type === "completed") return { kind: "completed" };
  if (type === "stopped") return { kind: "cancelled" };
  const path = outcome.path?.join("/");
  const told = (why: unknown) => {
    const error = new Error(path === undefined ? `${why}` : `${path}: ${why}`);
    delete error.stack;
    return error;
  };
  if (type === "start-failed") return { kind: "spawn-failed", error: told("could not be started") };
  return {
    kind: "failed",
    error: told(type === "refused" ? outcome["reason"] : "broke a contract"),
  };
}
