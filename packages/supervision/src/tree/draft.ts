// One step of a tree, being made: its children as far as they are touched, what is to be done, and what has
// happened to children that nobody has dealt with yet. A draft lives for the length of one step.

import type { Exit, Millis } from "@steadfast/policy";
import type { Effect } from "../effects.js";
import type { Given } from "../events.js";
import { isEmpty, isUp } from "../seat.js";
import { childFacts, newChild } from "./child.js";
import type { TreeEffect, TreeOrderError, TreeOutcome } from "./effects.js";
import { dropId, findId, putId } from "./ids.js";
import { Member, type Owner } from "./member.js";
import { Opened } from "./opened.js";
import { getItem, nextOrdinal, setItem } from "./pages.js";
import { isAtWork, isInStart, isInStop } from "./plan-lists.js";
import { type KindRules, kindOf, type TreeRules } from "./settings.js";
import type {
  IdNode,
  Later,
  Page,
  PageFacts,
  Plan,
  Queue,
  Roll,
  TreeChild,
  TreeState,
} from "./state.js";
import { unlessSame } from "./unless-same.js";

/** What a nested tree has reported within the step. */
interface Inward {
  readonly member: Member;
  readonly generation: number;
  /** How it ended; null if it is up. */
  readonly exit: Exit | null;
}

export abstract class TreeDraft implements Owner {
  readonly effects: TreeEffect[] = [];
  pages: Page<TreeChild> | null;
  ids: IdNode | null;
  gone: IdNode | null;
  next: number;
  budget: unknown;
  plan: Plan | null;
  later: Queue<Later> | null;
  rolls: readonly Roll[];
  end: TreeOutcome | null;
  up: boolean;
  unstarted: boolean;
  over = false;
  /** Members to whom something has happened that nobody has dealt with, oldest first. */
  readonly news: Member[] = [];
  readonly inward: Inward[] = [];
  /** Whether somebody was healthy or reset: others that share the budget may ask again. */
  isForgiven = false;
  hasDrawn = false;
  /** Whether the first plan was made. */
  hasBegun: boolean;
  readonly open = new Opened();

  constructor(
    readonly rules: TreeRules,
    readonly before: TreeState,
    readonly given: Given,
    readonly now: Millis,
  ) {
    this.pages = before.pages;
    this.ids = before.ids;
    this.gone = before.gone;
    this.next = before.next;
    this.budget = before.budget;
    this.plan = before.plan;
    this.later = before.later;
    this.rolls = before.rolls;
    this.end = before.end;
    this.up = before.up;
    this.unstarted = before.unstarted;
    this.hasBegun = before.up || before.plan !== null;
  }

  kindOf({ kind }: { readonly kind: string }): KindRules {
    return kindOf(this.rules, kind);
  }

  /** What stands in a place, to be looked at; null for nobody. */
  peek(ordinal: number): TreeChild | Member | null {
    return this.open.get(ordinal) ?? getItem(this.pages, ordinal);
  }

  rulesOf(child: TreeChild | Member): KindRules {
    return child instanceof Member ? child.kind : this.kindOf(child);
  }

  /** Who stands in a place, to be changed; null for nobody. */
  member(ordinal: number): Member | null {
    const open = this.open.get(ordinal);
    if (open) return this.open.mark(open);
    const child = getItem(this.pages, ordinal);
    if (!child) return null;
    return this.open.add(new Member(this.kindOf(child), child, ordinal, this.given, this));
  }

  find(id: string): Member | null {
    const ordinal = findId(this.ids, id);
    return ordinal === null ? null : this.member(ordinal);
  }

  /** The ordinals from `from` on, in order. */
  *ordinals(from = 0): Generator<number, void, undefined> {
    let one = nextOrdinal(this.pages, from);
    while (one !== null) {
      yield one;
      one = nextOrdinal(this.pages, one + 1);
    }
  }

  /** Everybody who stands in it, in order, to be looked at. */
  *children(): Generator<readonly [ordinal: number, child: TreeChild | Member], void, undefined> {
    for (const ordinal of this.ordinals()) {
      yield [ordinal, this.peek(ordinal) as TreeChild | Member];
    }
  }

  add(id: string, kind: string): Member {
    const rules = this.kindOf({ kind });
    const ordinal = this.next;
    const child = newChild(id, kind, rules);
    this.next += 1;
    this.pages = setItem(this.pages, ordinal, child, this.factsOf);
    this.ids = putId(this.ids, id, ordinal);
    return this.member(ordinal) as Member;
  }

  /** Its place is gone, and nothing more is said of it. */
  remove(member: Member): void {
    member.keepStandbys(false);
    this.drain(member);
    this.open.drop(member);
    this.pages = setItem(this.pages, member.ordinal, null, this.factsOf);
    this.ids = dropId(this.ids, member.id);
    if (this.rules.listed.has(member.id)) {
      this.gone = putId(this.gone, member.id, member.completed ? 1 : 0);
    }
    this.effects.push({ type: "removed", path: [member.id] });
  }

  /** Calls a member, takes over what became of the budget, and notes what has happened to it. */
  touch(member: Member, run: (member: Member) => void): void {
    member.shared = this.budget;
    run(member);
    this.budget = member.shared;
    this.drain(member);
    if (member.fault || member.gone || member.asked) this.news.push(member);
  }

  /** A restart that waits until a child is gone is not carried out any more. */
  dropPending(member: Member): void {
    if (!isUp(member.slot)) this.touch(member, () => member.halt());
  }

  /** How effects of a member leave it; nested trees take theirs. */
  drain(member: Member): void {
    for (const effect of member.effects.splice(0)) this.relay(member, effect);
  }

  protected abstract relay(member: Member, effect: Effect): void;

  answer(ref: number, error: TreeOrderError | null): void {
    this.effects.push(
      error ? { type: "answered", ref, ok: false, error } : { type: "answered", ref, ok: true },
    );
  }

  /** Every child of the list was started once. */
  isUp(): void {
    if (!this.up) this.effects.push({ type: "up" });
    this.up = true;
  }

  drawn(): void {
    if (!this.hasDrawn) this.effects.push(DRAWN);
    this.hasDrawn = true;
  }

  isStopping(ordinal: number): boolean {
    return this.end !== null || isInStop(this.plan, ordinal);
  }

  isInLine(ordinal: number): boolean {
    return this.rules.isOneByOne && !this.plan?.starting.includes(ordinal);
  }

  /** Stopping, starting, or about to start: a plan that only waits can be made again. */
  isAtWork(): boolean {
    return isAtWork(this.plan, this.now);
  }

  /** Whether it is there, or is to be there again. */
  isAwaited({ slot, wait, late, ordinal }: Member): boolean {
    return !isEmpty(slot) || wait !== null || late !== null || isInStart(this.plan, ordinal);
  }

  readonly factsOf = (child: TreeChild): PageFacts => childFacts(this.kindOf(child), child);

  /** What was changed stands in the pages, so that they can be searched. */
  flush(): Page<TreeChild> | null {
    return this.#write(this.open.takeUnwritten());
  }

  #write(members: readonly Member[]): Page<TreeChild> | null {
    for (const member of members) {
      this.pages = setItem(this.pages, member.ordinal, member.after(), this.factsOf);
    }
    return this.pages;
  }

  /** The state after the step; the same one if nothing changed. */
  after(): TreeState {
    for (const member of this.open.all()) {
      member.keepStandbys(!this.end && this.isAwaited(member));
      this.drain(member);
    }
    if (this.over && this.end) this.effects.push({ type: "settle", outcome: this.end });
    this.#write(this.open.all());
    return unlessSame(this.before, this.#written());
  }

  #written(): TreeState {
    const { pages, ids, gone, next, budget, plan, later, rolls, end, over, up, unstarted } = this;
    return { pages, ids, gone, next, budget, plan, later, rolls, end, over, up, unstarted };
  }
}

const DRAWN = { type: "drawn" } as const;
