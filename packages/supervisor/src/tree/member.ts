// One child of a tree, live: its port, and what carries its effects out. What it reports goes to the
// tree with the way to it.

import type { SlotState } from "@steadfast/child-slot";
import type { Exit, Millis } from "@steadfast/policy";
import type { Happening, SupervisionState, Tag } from "@steadfast/supervision";
import type { ChildView, TreeHappening } from "@steadfast/supervision/tree";
import type { Alarm } from "../alarm-clock.js";
import { type Call, carryOut, type Stage } from "../carry-out.js";
import { ChildPort, type PortOwner } from "../child-port.js";
import type { CallbackName, SupervisorNews } from "../events.js";
import type { Extras } from "../extras.js";
import type { Launcher } from "../launcher.js";
import { Prober } from "../prober.js";
import type { Requests } from "../request-layer.js";
import { type ShelfOwner, StandbyShelf } from "../standby-shelf.js";
import { MemberDesk } from "./member-desk.js";
import type { KindPlan } from "./read-spec.js";

/** The path of a child: names from the outermost tree down. */
export type Path = readonly string[];

/** The tree that a child stands in, live. */
export interface MemberOwner {
  readonly isHeard: boolean;
  readonly isBusy: boolean;
  readonly ended: unknown;
  /** How many children of the whole tree are there. */
  alive: number;
  readonly alarm: Alarm;
  /** The desks whose requests are looked at after whatever happens. */
  readonly desks: Set<MemberDesk>;
  act(event: (TreeHappening & { readonly path: Path }) | (() => void)): void;
  first(event: TreeHappening & { readonly path: Path }): void;
  /** What the state has of a child; null for one that is not there. */
  look(path: Path): ChildView | null;
  tell(news: SupervisorNews, tag: Tag, id: string): void;
  pass(isThere: () => boolean, take: () => unknown): void;
  misused(error: unknown): void;
  callbackFailed(callback: CallbackName, error: unknown): void;
  awaits(gone: Promise<unknown>): void;
}

export class Member<Value = unknown> implements Stage, PortOwner, ShelfOwner {
  readonly port: ChildPort<Value>;
  readonly extras: Extras | null;
  readonly settings: Stage["settings"] & PortOwner["settings"];
  /** How its last attempt ended, live. */
  lastExit: Exit | null = null;
  /** The children of the tree that it is. */
  readonly inner = new Map<string, Member>();
  #desk: MemberDesk | null = null;
  /** Whether another one stands in its place, or nobody: what it still says is about nobody. */
  isGone = false;

  constructor(
    readonly owner: MemberOwner,
    readonly path: Path,
    readonly kind: KindPlan,
    readonly launcher: Launcher<Value>,
    journal: Extras["journal"],
  ) {
    const id = path.join("/");
    const { reloadMessage, onMessage, countsUses } = kind;
    const hear = onMessage && ((message: unknown) => onMessage(message, id));
    this.settings = { id, reloadMessage, countsUses, onMessage: hear };
    this.port = new ChildPort(launcher, this);
    const { check, standby } = kind;
    this.extras =
      check || standby > 0 || journal
        ? {
            asker: null,
            prober: check && new Prober(check, owner.alarm, this),
            shelf: standby > 0 ? new StandbyShelf(id, launcher, this) : null,
            journal,
          }
        : null;
  }

  get isHeard(): boolean {
    return this.owner.isHeard;
  }

  /** What the tree remembers of it; null if it stands in it no more. */
  get view(): ChildView | null {
    return this.isGone ? null : this.owner.look(this.path);
  }

  /** The requests to it; null if its kind cannot be asked. */
  get requests(): Requests | null {
    if (!this.#desk) {
      this.#desk = new MemberDesk(this);
      if (this.#desk.requests) this.owner.desks.add(this.#desk);
    }
    return this.#desk.requests;
  }

  get alive(): number {
    return this.owner.alive;
  }

  set alive(count: number) {
    this.owner.alive = count;
  }

  get tag(): Tag | null {
    return this.view?.slot ?? null;
  }

  get pending(): Requests | null {
    return this.#desk?.requests ?? null;
  }

  get state(): Stage["state"] & { readonly slot: Tag } {
    return this.owner.look(this.path) ?? NOBODY;
  }

  obey(effect: Call, at: Millis, wall: Millis): void {
    if (effect.type === "exited") {
      this.lastExit = effect.exit;
      this.#desk?.requests?.exited(effect.generation, effect.attempt, effect.exit);
      // A tree that is started again has children of its own, with generations from 0.
      for (const child of this.inner.values()) child.leave();
    }
    carryOut(this, effect, at, wall);
  }

  /** It stands in the tree no more, nor do those inside it. */
  leave(): void {
    this.isGone = true;
    this.extras?.prober?.stop();
    this.#desk?.requests?.look();
    if (this.#desk) this.owner.desks.delete(this.#desk);
    for (const child of this.inner.values()) child.leave();
  }

  /** An effect says where it is about; its event has that as its id. */
  tell(news: SupervisorNews & { readonly path?: Path }, tag: Tag = this.state.slot): void {
    if (!this.isHeard) return;
    const { path: _, ...said } = news;
    this.owner.tell(said, tag, this.settings.id);
  }

  // --- what it reports ----------------------------------------------------------------------------------

  act(event: Happening | (() => void)): void {
    if (this.isGone) return;
    this.owner.act(typeof event === "function" ? event : located(event, this.path));
  }

  first(event: Happening): void {
    if (!this.isGone) this.owner.first(located(event, this.path));
  }

  pass(isThere: () => boolean, take: () => unknown): void {
    this.owner.pass(isThere, take);
  }

  misused(error: unknown): void {
    this.owner.misused(error);
  }

  callbackFailed(callback: CallbackName, error: unknown): void {
    this.owner.callbackFailed(callback, error);
  }

  awaits(gone: Promise<unknown>): void {
    this.owner.awaits(gone);
  }
}

/** What is left of a child that its tree has forgotten already. */
const NOBODY = { slot: { lastExit: null, attempt: 0, generation: -1 }, seat: null } as Pick<
  SupervisionState,
  "seat"
> & { readonly slot: Pick<SlotState, "lastExit"> & Tag };

/** What a child reports is what a tree hears of it. */
function located(event: Happening, path: Path): TreeHappening & { readonly path: Path } {
  return { ...(event as TreeHappening), path };
}
