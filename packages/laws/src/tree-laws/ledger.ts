// What can be known of a tree from outside: from the events that it was given and the effects that it answered.
// Laws judge by this and never by the state, which is the tree's own business.

import type { TreeEffect } from "@steadfast/supervision/tree";
import type { Taken } from "./chronicle.js";
import { type KindDesign, namesOf, type TreeDesign } from "./design.js";
import { type House, kindIn, type Seat } from "./house.js";

type PlacedEffect = Extract<
  TreeEffect,
  { readonly path: readonly string[]; readonly attempt: number }
>;

/** Where a law looks in: before an effect changes what is known. */
export interface Sight {
  readonly row: number;
  readonly taken: Taken;
  readonly effect: PlacedEffect;
  readonly seat: Seat;
}

const ENDS: readonly string[] = ["stop", "kill", "pause", "restart", "unhealthy"];
const DONE: readonly string[] = ["not-wanted", "stop-when"];

export class Ledger {
  readonly root: House;
  /** Every tree that there ever was. */
  readonly houses: House[] = [];
  private readonly open = new Map<string, House>();
  /** Orders that end a child, by their number, until they are answered. */
  private readonly endings = new Map<number, Seat>();

  constructor(design: TreeDesign | null) {
    this.root = this.found([], design);
  }

  private found(path: readonly string[], design: TreeDesign | null): House {
    const house: House = {
      path,
      design,
      ids: design ? [...namesOf(design)] : [],
      seats: new Map(),
      kinds: new Map(),
      lastLaunch: -1,
      over: null,
      endsAt: null,
      isUp: false,
      hasGivenUp: false,
    };
    this.houses.push(house);
    this.open.set(path.join("/"), house);
    return house;
  }

  /** The tree at a path, as it is now. */
  houseAt(path: readonly string[]): House {
    const known = this.open.get(path.join("/"));
    if (known) return known;
    const above = this.houseAt(path.slice(0, -1));
    return this.found(path, kindIn(above, path.at(-1) as string)?.tree ?? null);
  }

  seatAt(path: readonly string[]): Seat {
    const house = this.houseAt(path.slice(0, -1));
    const id = path.at(-1) as string;
    const known = house.seats.get(id);
    if (known) return known;
    const seat: Seat = {
      path,
      id,
      house,
      present: null,
      delay: null,
      exit: null,
      isEnded: false,
      isPaused: false,
      isOrdered: false,
    };
    house.seats.set(id, seat);
    if (!house.ids.includes(id)) house.ids.push(id);
    return seat;
  }

  kindOf(seat: Seat): KindDesign | null {
    return kindIn(seat.house, seat.id);
  }

  /** Takes a step in; `look` sees each effect about a child before it counts. */
  note(taken: Taken, row: number, look: (sight: Sight) => void = () => {}): void {
    this.hear(taken, row);
    for (const effect of taken.effects) {
      if (effect.type === "up") this.root.isUp = true;
      if (effect.type === "settle") this.root.over = row;
      if (effect.type === "answered") this.endings.delete(effect.ref);
      if (!("attempt" in effect) || effect.type === "answer") continue;
      const seat = this.seatAt(effect.path);
      look({ row, taken, effect, seat });
      this.happen(effect, seat, row);
    }
  }

  private hear({ event }: Taken, row: number): void {
    if (!event) {
      // What was alive is gone with its host; the tree says so when it begins again.
      for (const house of this.houses) for (const seat of house.seats.values()) seat.present = null;
      return;
    }
    const path = event.path ?? [];
    if (path.length > 0 && ENDS.includes(event.type)) {
      // A tree inside is asked without a word: only those in it say so.
      const seat = this.seatAt(path);
      if (seat.present && this.kindOf(seat)?.tree) seat.present.asked ??= "order";
    }
    switch (event.type) {
      case "stop":
      case "kill":
        if (path.length === 0) this.root.endsAt ??= row;
        else this.seatAt(path).isEnded = true;
        return;
      case "fault":
        this.root.endsAt ??= row;
        return;
      case "pause":
        if (path.length > 0) this.seatAt(path).isPaused = true;
        return;
      case "resume":
      case "restart":
        if (path.length > 0) this.seatAt(path).isOrdered = true;
        if (path.length > 0 && event.type === "resume") this.seatAt(path).isPaused = false;
        return;
      case "terminate-child": {
        const seat = this.seatAt([...path, event.id]);
        seat.isEnded = true;
        this.endings.set(event.ref, seat);
        return;
      }
      case "start-child": {
        const house = this.houseAt(path);
        if (!house.seats.has(event.id)) house.kinds.set(event.id, event.kind);
        this.seatAt([...path, event.id]).isOrdered = true;
        return;
      }
      case "restart-child":
        this.seatAt([...path, event.id]).isOrdered = true;
    }
  }

  private happen(effect: PlacedEffect, seat: Seat, row: number): void {
    const { house } = seat;
    switch (effect.type) {
      case "launch": {
        if (effect.attempt === 1 && seat.exit) this.anew(seat);
        const { generation, cause } = effect;
        seat.present = { generation, cause, row, isUp: false, asked: null };
        this.begun(seat, row);
        return;
      }
      case "launched":
        // A tree inside tells no launch of its own.
        if (!seat.present) {
          const { generation, cause } = effect;
          seat.present = { generation, cause, row, isUp: false, asked: null };
          this.begun(seat, row);
        }
        return;
      case "up":
        if (seat.present) seat.present.isUp = true;
        return;
      case "request-stop":
        if (seat.present) seat.present.asked ??= effect.reason;
        return;
      case "kill":
        if (seat.present) seat.present.asked ??= "killed";
        return;
      case "delayed":
        seat.delay = { until: effect.until, row };
        return;
      case "refused": {
        seat.delay = null;
        const isNever = effect.retryAfterMs === null || this.kindOf(seat)?.onNotYet === "end";
        if (!isNever || DONE.includes(effect.reason)) return;
        house.hasGivenUp = house.endsAt === null;
        house.endsAt ??= row;
        return;
      }
      case "exited":
        seat.exit = { ordered: effect.ordered, kind: effect.exit.kind, row };
        seat.present = null;
        this.gone(seat, row);
    }
  }

  private begun(seat: Seat, row: number): void {
    seat.delay = null;
    seat.isEnded = [...this.endings.values()].includes(seat);
    seat.isOrdered = false;
    seat.house.lastLaunch = row;
  }

  /** It was removed, and added again behind all others. */
  private anew(seat: Seat): void {
    const { ids } = seat.house;
    ids.splice(ids.indexOf(seat.id), 1);
    ids.push(seat.id);
  }

  /** With a tree inside all go that stood in it. */
  private gone(seat: Seat, row: number): void {
    const key = seat.path.join("/");
    for (const [at, house] of this.open) {
      if (at !== key && !at.startsWith(`${key}/`)) continue;
      house.over = row;
      this.open.delete(at);
    }
  }
}
