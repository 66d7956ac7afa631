// What came up in a story, seen from outside: only what is met often was compared.

import type { TreeEvent } from "@steadfast/supervision/tree";
import type { Chronicle, Taken } from "../../src/tree-laws/chronicle.js";
import { childOf } from "../../src/tree-laws/design.js";
import { type House, isInService, type Seat, seatsOf } from "../../src/tree-laws/house.js";
import { Ledger } from "../../src/tree-laws/ledger.js";
import type { TreeStory } from "../../src/tree-laws/story.js";

type Sight = Parameters<NonNullable<Parameters<Ledger["note"]>[2]>>[0];

export function met({ taken }: Chronicle, { design }: TreeStory): ReadonlySet<string> {
  const found = new Set<string>();
  const ledger = new Ledger(design ?? null);
  taken.forEach((one, row) => {
    before(one, ledger, found);
    ledger.note(one, row, (sight) => during(sight, ledger, found));
    after(one, ledger, found);
  });
  return found;
}

const seatsIn = ({ seats }: House): readonly Seat[] => [...seats.values()];
const rollsIn = ({ houses }: Ledger) =>
  houses.flatMap((house) => (house.over === null ? [...house.rolls.values()] : []));

/** Somebody is being started or ended. */
const isAtWork = ({ present }: Seat): boolean =>
  present !== null && (!present.isUp || present.asked !== null);

const isOrder = (event: TreeEvent): boolean =>
  "ref" in event || event.type === "restart" || event.type === "pause";

function before({ event, now }: Taken, ledger: Ledger, found: Set<string>): void {
  const isBusy = ledger.houses.flatMap(seatsIn).some(isAtWork);
  if (event) {
    if (isBusy && event.type === "stop" && !event.path) found.add("stop in a plan");
    if (isBusy && isOrder(event)) found.add("order in a plan");
    return;
  }
  if (isBusy) found.add("hand-over in a plan");
  if (rollsIn(ledger).length > 0) found.add("hand-over in a roll");
  const waits = ({ delay, house }: Seat) =>
    delay !== null && delay.until > now && house.design?.strategy !== "one-for-one";
  if (seatsIn(ledger.root).some(waits)) found.add("hand-over of a group that waits");
}

function during({ row, taken, effect, seat }: Sight, ledger: Ledger, found: Set<string>): void {
  const { house } = seat;
  if (effect.type === "delayed" && house.design?.strategy !== "one-for-one") {
    const isLater = ({ delay }: Seat) => delay !== null && delay.until > taken.now;
    const others = seatsIn(house).filter((other) => other !== seat && isLater(other));
    if (effect.until > taken.now && others.length > 0) found.add("merged delays");
  }
  if (effect.type === "exited") {
    const isTree = ledger.kindOf(seat)?.tree;
    if (isTree && effect.exit.kind === "failed") found.add("nested give-up");
    const isRolled = [...house.rolls.values()].some(({ left }) => left.has(seat));
    if (isRolled && !effect.ordered) found.add("crash in a roll");
  }
  if (effect.type === "launch" && effect.cause === "start" && house.design) {
    const { after = [] } = childOf(house.design, seat.id) ?? {};
    const needs = after.flatMap((need) =>
      seatsOf(house, typeof need === "string" ? need : need.id),
    );
    const wasEarlier = ({ present, exit }: Seat) => (present ?? exit ?? { row }).row < row;
    if (needs.some(wasEarlier)) found.add("start that waited for others");
  }
}

function after({ effects }: Taken, ledger: Ledger, found: Set<string>): void {
  for (const roll of rollsIn(ledger)) {
    const isOld = ([seat, generation]: readonly [Seat, number]) =>
      isInService(seat) && seat.generation === generation;
    if ([...roll.left].some(isOld)) found.add("roll that waited");
  }
  for (const effect of effects) {
    if (effect.type !== "settle" || effect.outcome.type !== "start-failed") continue;
    const [id = "", ...rest] = effect.outcome.path;
    const { design, seats } = ledger.root;
    const isWaiting = design && rest.length === 0 && childOf(design, id)?.after;
    if (isWaiting && !seats.get(id)?.exit) found.add("waited in vain");
  }
}
