// What can be known of a tree from outside: from the events that it was given and the effects that it answered.
// Laws judge by this and never by the state, which is the tree's own business.

import type { TreeEffect } from "@steadfast/supervision/tree";
import type { Taken } from "./chronicle.js";
import type { KindDesign, TreeDesign } from "./design.js";
import { type House, kindIn, newHouse, type OpenRoll, type Seat, seatsOf } from "./house.js";

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

type Begun = Pick<
  Extract<PlacedEffect, { readonly type: "launch" | "launched" }>,
  "generation" | "cause"
>;

const ENDS: readonly string[] = ["stop", "kill", "pause", "restart", "unhealthy"];
const DONE: readonly string[] = ["not-wanted", "stop-when"];

export class Ledger {
  readonly root: House;
  /** Every tree that there ever was. */
  readonly houses: House[] = [];
  /** Every rolling restart that was ever ordered, by the number of the order. */
  readonly ordered = new Map<number, OpenRoll>();
  private readonly open = new Map<string, House>();
  /** Orders that end a child, by their number, until they are answered. */
  private readonly endings = new Map<number, Seat>();

  constructor(design: TreeDesign | null) {
    this.root = this.found([], design);
  }

  private found(path: readonly string[], design: TreeDesign | null): House {
    const house = newHouse(path, design);
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
      generation: -1,
      isRemoved: false,
      hasCompleted: false,
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
      if (effect.type === "answered") this.answered(effect.ref);
      if (effect.type === "removed") this.seatAt(effect.path).isRemoved = true;
      if (effect.type === "added") this.seatAt(effect.path).isRemoved = false;
      if (!("attempt" in effect) || effect.type === "answer") continue;
      const seat = this.seatAt(effect.path);
      look({ row, taken, effect, seat });
      this.happen(effect, seat, row);
    }
  }

  private answered(ref: number): void {
    this.endings.delete(ref);
    for (const house of this.open.values()) house.rolls.delete(ref);
  }

  /** What was alive is gone with its host, and what was ordered; the tree says so when it begins again. */
  private handedOver(): void {
    this.endings.clear();
    for (const house of this.open.values()) {
      house.rolls.clear();
      for (const seat of house.seats.values()) seat.present = null;
    }
  }

  private hear({ event }: Taken, row: number): void {
    if (!event) return this.handedOver();
    const path = event.path ?? [];
    if (path.length > 0 && ENDS.includes(event.type)) {
      // A tree inside is asked without a word: only those in it say so.
      const seat = this.seatAt(path);
      if (seat.present && this.kindOf(seat)?.tree) seat.present.asked ??= "order";
    }
    switch (event.type) {
      case "stop":
      case "kill":
      case "fault":
        if (path.length > 0) this.seatAt(path).isEnded = true;
        else this.root.endsAt ??= row;
        return;
      case "pause":
      case "resume":
        if (path.length > 0) this.seatAt(path).isPaused = event.type === "pause";
        if (path.length > 0 && event.type === "resume") this.seatAt(path).isOrdered = true;
        return;
      case "restart":
        if (path.length > 0) this.seatAt(path).isOrdered = true;
        return;
      case "terminate-child": {
        const seat = this.seatAt([...path, event.id]);
        seat.isEnded = true;
        if (seat.present && this.kindOf(seat)?.tree) seat.present.asked ??= "order";
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
        return;
      case "not-ready": {
        const { present } = this.seatAt(path);
        if (present?.generation === event.generation) present.isUnready = true;
        return;
      }
      case "roll":
        this.rolls(path, event.id, event.ref, event.maxUnavailable ?? null);
    }
  }

  private rolls(path: readonly string[], id: string, ref: number, most: number | null): void {
    const house = this.open.get(path.join("/"));
    if (!house) return;
    const max = most ?? house.design?.children.find((one) => one.id === id)?.maxUnavailable ?? 1;
    const left = new Map(seatsOf(house, id).map((seat) => [seat, seat.generation]));
    const roll = { id, max, left };
    for (const rolls of [this.ordered, house.rolls]) rolls.set(ref, roll);
  }

  private happen(effect: PlacedEffect, seat: Seat, row: number): void {
    const { house } = seat;
    switch (effect.type) {
      case "launch":
        if (effect.attempt === 1 && seat.exit) this.anew(seat);
        return this.begun(seat, effect, row);
      case "launched":
        // A tree inside tells no launch of its own.
        if (!seat.present) this.begun(seat, effect, row);
        return;
      case "up":
        if (seat.present) Object.assign(seat.present, { isUp: true, isUnready: false });
        return;
      case "request-stop":
        if (seat.present) seat.present.asked ??= effect.reason;
        return;
      // A tree inside is asked without a word.
      case "kill":
      case "recycled":
        if (seat.present) seat.present.asked ??= effect.type;
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
        seat.hasCompleted ||= effect.exit.kind === "completed" && !effect.ordered;
        seat.present = null;
        this.gone(seat, row);
    }
  }

  private begun(seat: Seat, { generation, cause }: Begun, row: number): void {
    seat.present = { generation, cause, row, isUp: false, isUnready: false, asked: null };
    seat.generation = generation;
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
