// Carries a tree out: turns what happens to its children into events, and effects into calls. It knows
// no rule. Live are only the children's ports, their last exits, the first fault and those who wait for
// an answer; everything else is the state, which is plain JSON.

import type { Millis } from "@steadfast/policy";
import type { Tag } from "@steadfast/supervision";
import type {
  ChildView,
  SupervisionTree,
  TreeEffect,
  TreeEvent,
  TreeHappening,
  TreeState,
} from "@steadfast/supervision/tree";
import type { Common } from "../acts.js";
import { Driving } from "../driving.js";
import { JournalWriter } from "../journal-writer.js";
import type { System } from "../system.js";
import type { Member, MemberOwner, Path } from "./member.js";
import type { MemberDesk } from "./member-desk.js";
import { Members } from "./members.js";
import { OpenOrders, type TreeAnswer, type TreeOrder } from "./open-orders.js";
import { type TreeOutcome, treeOutcomeOf } from "./outcome.js";
import { settlePasts } from "./past.js";
import type { TreePlan } from "./read-spec.js";
import type { TreeSettings } from "./settings.js";
import { type TreeSnapshot, takeUpTree } from "./snapshot.js";

type Event = TreeHappening & { readonly path?: Path };
type Of<Type extends TreeEffect["type"]> = Extract<TreeEffect, { readonly type: Type }>;

export class TreeDriver extends Driving<Event, TreeOutcome> implements MemberOwner {
  state: TreeState;
  readonly #members: Members;
  #settled: Of<"settle"> | null = null;
  readonly desks = new Set<MemberDesk>();
  readonly #orders = new OpenOrders();
  #isUp: boolean;
  #mayBePaused: boolean;
  #up: Promise<boolean> | null = null;
  #tellUp: ((isUp: boolean) => void) | null = null;
  /** Called once, when every child of the list was started. */
  onUp: (() => void) | null = null;

  constructor(
    readonly plan: TreePlan,
    readonly settings: TreeSettings,
    system: System,
  ) {
    super(system);
    const { snapshot, journal } = settings;
    const { machine } = plan;
    this.state =
      snapshot === undefined ? machine.initial() : takeUpTree(machine, snapshot, this.alarm.now());
    this.#isUp = this.state.up;
    this.#mayBePaused = snapshot !== undefined;
    const writer =
      journal && new JournalWriter(journal, (error) => this.callbackFailed("journal", error));
    this.#members = new Members(this, plan, writer);
  }

  get id(): string {
    return this.settings.id;
  }

  get tag(): Tag {
    return NO_ATTEMPT;
  }

  /** Begins. What a launcher throws at first because it was misused goes to the caller. */
  begin(): void {
    const { signal, onEvent, findings } = this.settings;
    this.now = this.alarm.now();
    this.beginTelling(onEvent, findings);
    const isSettling = this.#settlesPast();
    if (this.obeySignal(signal) || isSettling) return;
    this.act({ type: "begin" });
    if (this.misuse) throw this.misuse.error;
  }

  /** Attempts of another host may still be there: nothing begins before their launchers say that they are not. */
  #settlesPast(): boolean {
    const { snapshot } = this.settings;
    if (snapshot === undefined) return false;
    const settled = settlePasts({
      machine: this.plan.machine,
      state: this.state,
      at: (snapshot as TreeSnapshot).at,
      launcherOf: (path) => this.#members.get(path).launcher,
      failed: (error) => this.callbackFailed("settlePast", error),
    });
    this.isSettling = settled !== null;
    void settled?.then(() => {
      this.isSettling = false;
      this.act({ type: "begin" });
    });
    return this.isSettling;
  }

  get up(): Promise<boolean> {
    this.#up ??=
      this.#isUp || this.ended
        ? Promise.resolve(this.#isUp)
        : new Promise((resolve) => {
            this.#tellUp = resolve;
          });
    return this.#up;
  }

  /** What the state has of a child. */
  look(path: Path): ChildView | null {
    return this.plan.machine.child(this.state, path);
  }

  /** The tree that a child stands in: the innermost on its path. */
  machineOf(path: Path): SupervisionTree {
    let { plan } = this;
    for (let depth = 1; depth < path.length; depth++) {
      plan = plan.kinds.get(this.look(path.slice(0, depth))?.kind ?? "")?.tree ?? plan;
    }
    return plan.machine;
  }

  /** The child, live; null for one that does not stand in the tree. */
  member(path: Path): Member | null {
    return this.look(path) ? this.#members.get(path) : null;
  }

  /** An order about children: its answer comes when it was carried out. */
  change(order: (ref: number) => TreeOrder & { readonly path: Path }): Promise<TreeAnswer> {
    return this.#orders.give((ref) => this.act(order(ref)), this.ended !== null);
  }

  protected deadline(): Millis | null {
    return this.isSettling ? null : this.plan.machine.deadline(this.state);
  }

  /** Asked when nobody is there: whether somebody is paused then is looked for only after a pause. */
  protected isPaused(): boolean {
    this.#mayBePaused &&= this.plan.machine.isPaused(this.state);
    return this.#mayBePaused;
  }

  protected happens(event: Event | Common, wall: Millis): void {
    if (event.type === "pause") this.#mayBePaused = true;
    const [state, effects] = this.plan.machine.step(this.state, event as TreeEvent, this.now);
    this.state = state;
    for (const effect of effects) this.#obey(effect, wall);
  }

  #obey(effect: TreeEffect, wall: Millis): void {
    switch (effect.type) {
      case "drawn":
        return this.chance.used();
      case "fault":
        this.fault ??= { error: effect.error };
        return;
      case "answer":
        this.answer = effect.answer;
        return;
      case "answered":
        return this.#orders.answered(effect);
      case "settle":
        this.#settled = effect; // the effects after it are still carried out
        return;
      case "added":
      case "removed":
        return this.#changed(effect);
      case "up":
        return "path" in effect ? undefined : this.#cameUp();
      default:
        return this.#members.get(effect.path).obey(effect, this.now, wall);
    }
  }

  #cameUp(): void {
    this.#isUp = true;
    this.tell({ type: "up" });
    this.onUp?.();
    this.#tellUp?.(true);
  }

  #changed(effect: Of<"added" | "removed">): void {
    const id = effect.path.join("/");
    if (effect.type === "added") {
      return this.tell({ type: "added", kind: effect.kind }, NO_ATTEMPT, id);
    }
    this.#members.remove(effect.path);
    this.tell({ type: "removed" }, NO_ATTEMPT, id);
  }

  /** Gives out what waits for a child that is ready now, or gives up. */
  #lookAtRequests(): void {
    for (const { requests } of this.desks) requests?.look();
  }

  protected endIfSettled(): void {
    const settled = this.#settled;
    if (!settled) return this.#lookAtRequests();
    this.ended = treeOutcomeOf(settled.outcome, {
      error: this.fault?.error,
      abortReason: this.settings.signal?.reason,
      lastExit: (path) => this.#members.find(path)?.lastExit ?? null,
    });
    this.#lookAtRequests();
    this.#members.close();
    this.finish(this.ended);
    this.#orders.close();
    this.#tellUp?.(false);
  }
}

const NO_ATTEMPT: Tag = { attempt: 0, generation: -1 };
