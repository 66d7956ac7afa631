// Stories for a slot. Most events are apt: likely, or interesting, in the state that was reached, so
// that stories get far; gaps are relative to the slot's own times and to its deadline, so that edges are
// met often. A story is generated as a script and resolved against the slot: what comes out is plain.

import type { ChildSlot, ChildSlotOptions, SlotEvent, SlotState } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";
import { aptEvent, type Meant, someMeaning, toEvent } from "./meaning.js";
import { type SlotTrace, type Told, tried } from "./slot-trace.js";

/** What stories may be like. */
export interface StoryOptions {
  /** Whether the clock may go back. Default false. */
  readonly mayGoBack?: boolean;
  /** One of these events is added, preferably while a restart waits. Default: none. */
  readonly detours?: readonly SlotEvent[];
}

interface Move {
  readonly meant: Meant;
  readonly gap: Gap;
}

/** From the last instant, or from the deadline where there is one. */
interface Gap {
  readonly from: "now" | "deadline";
  readonly ms: number;
}

interface Detour {
  readonly event: SlotEvent;
  readonly place: number;
}

/** A step of a story: the event, and the state after it. */
interface Chapter {
  readonly told: Told;
  readonly state: SlotState;
}

/** Later than this no instant gets, so that sums stay whole. */
const LATEST = 2 ** 52;
const FAR = 1_000_000_000;

const time = fc.constantFrom(0, 1, 2, 7, 10, 100, 1_000, 5_000);

/** Options of slots; each time small enough to be met. */
export const someOptions: Arbitrary<ChildSlotOptions> = fc
  .record(
    {
      explicit: fc.boolean(),
      readyTimeoutMs: time,
      heartbeatTimeoutMs: time,
      healthyAfterMs: time,
      gracePeriodMs: time,
      abandonAfterMs: time,
    },
    { requiredKeys: ["explicit"] },
  )
  .map(({ explicit, readyTimeoutMs, ...times }) => ({
    id: "worker",
    ...times,
    ...(explicit ? { readiness: "explicit" } : {}),
    ...(explicit && readyTimeoutMs !== undefined ? { readyTimeoutMs } : {}),
  }));

/** Stories for the slot, or for slots of many options where they are made. */
export function slotTraces(
  slotOf: (options?: ChildSlotOptions) => ChildSlot,
  isMade: boolean,
  story: StoryOptions,
): Arbitrary<SlotTrace> {
  if (!isMade) return tracesOf(slotOf(), story).map((told) => plain({ told }));
  return someOptions.chain((options) =>
    tracesOf(slotOf(options), story).map((told) => plain({ options, told })),
  );
}

/** As it comes back when it was kept: what is generated has other prototypes. */
function plain(trace: SlotTrace): SlotTrace {
  return JSON.parse(JSON.stringify(trace));
}

function tracesOf(slot: ChildSlot, story: StoryOptions): Arbitrary<readonly Told[]> {
  const lapses = [...new Set([0, 1, 5_000, 10_000, ...slot.describe.timesMs])];
  const move = fc.record({ meant: someMeaning(lapses), gap: someGap(lapses, story.mayGoBack) });
  const moves = fc.array(move, { minLength: 1, maxLength: 40, size: "max" });
  const { detours = [] } = story;
  if (detours.length === 0) return moves.map((all) => tellAll(resolve(slot, all)));
  const detour = fc.record({ event: fc.constantFrom(...detours), place: fc.nat(99) });
  return fc.tuple(moves, detour).map(([all, one]) => withDetour(slot, all, one));
}

function someGap(lapses: readonly number[], mayGoBack = false): Arbitrary<Gap> {
  const tenth = (ms: number) => Math.floor(ms / 10);
  const near = lapses.flatMap((ms) => [ms - 1, ms, ms + 1, ms + tenth(ms) + 1]);
  const late = lapses.flatMap((ms) => [tenth(ms), tenth(ms) + 1, ms]);
  const from = <Origin extends Gap["from"]>(origin: Origin, all: readonly number[]) =>
    fc.constantFrom(...all).map((ms) => ({ from: origin, ms }));
  return fc.oneof(
    { weight: 4, arbitrary: from("now", [0, 0, 1, ...near.map((ms) => Math.max(0, ms))]) },
    { weight: 5, arbitrary: from("deadline", [0, -1, 0, 1, ...late]) },
    { weight: 1, arbitrary: from("now", [FAR]) },
    ...(mayGoBack ? [{ weight: 2, arbitrary: from("now", [-1, -100, -FAR]) }] : []),
  );
}

function tellAll(chapters: readonly Chapter[]): readonly Told[] {
  return chapters.map(({ told }) => told);
}

/** Goes through a script from a moment on, and says what each move came to. */
function resolve(
  slot: ChildSlot,
  moves: readonly Move[],
  start: { readonly state: SlotState; readonly now: Millis } = { state: slot.initial(), now: 0 },
): readonly Chapter[] {
  let { state, now } = start;
  return moves.map(({ meant, gap }) => {
    now = instantOf(gap, now, slot.deadline(state));
    const event = toEvent(meant.type === "apt" ? aptEvent(state, meant.choice) : meant, state, now);
    state = tried(slot, state, event, now).after;
    return { told: { at: now, event }, state };
  });
}

function instantOf({ from, ms }: Gap, now: Millis, deadline: Millis | null): Millis {
  if (from === "now") return Math.min(LATEST, now + ms);
  return Math.min(LATEST, deadline === null ? now : Math.max(now, deadline + ms));
}

/** The same script, with something told in between; the rest of it is resolved from there. */
function withDetour(slot: ChildSlot, moves: readonly Move[], { event, place }: Detour) {
  const straight = resolve(slot, moves);
  const waiting = [...straight.keys()].filter((i) => isWaiting(straight[i]?.state));
  const places = waiting.length > 0 ? waiting : [...straight.keys()];
  const after = places[place % places.length] ?? 0;
  const begun = straight.slice(0, after + 1);
  const { told, state: before } = begun.at(-1) as Chapter;
  const { after: state } = tried(slot, before, event, told.at);
  const rest = resolve(slot, moves.slice(after + 1), { state, now: told.at });
  return [...tellAll(begun), { at: told.at, event }, ...tellAll(rest)];
}

function isWaiting(state: SlotState | undefined): boolean {
  return state?.phase.status === "cancelling" && state.phase.pending !== null;
}
