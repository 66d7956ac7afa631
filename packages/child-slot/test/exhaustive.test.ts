// Every state that a slot with tiny times can reach, found breadth first, and every event in each.
//
// Two moments count as the same if nothing can tell them apart any more: generations count from the
// present one, instants from now (ages beyond every limit are all alike), and what is only carried
// along for the record is left out. Time passes one by one, and at most one past the deadline, since
// with limits this small one too late is as late as any.
//
// How many states there are is explained by three tests: by status, times that were started again, and
// cause of ending; no state is counted twice because its fields stand in another order (a `ready` phase
// once did); and `halt`, `force` and `unhealthy` add exactly the states of those causes (`immediate`: 680).
// A time that may start again roughly doubles the states of a child that is up: 264 of the 618 of
// `immediate` are `ready` or `running` after `healthyAfterMs` was, 526 of the 782 of `bounded` after
// `maxRunMs` or it was. When a child became ready counts until it is healthy, so `ready` has more states
// than `running`. Endings are alike whatever ended the child: 280 for each cause that may be taken back or
// leave a restart waiting (`immediate`), fewer for `force`, `stop` and `remove`.

import { describe, expect, it } from "vitest";
import { occurrenceOf } from "../src/deadlines.js";
import { findRule } from "../src/find-rule.js";
import {
  type ChildSlot,
  type ChildSlotOptions,
  childSlot,
  isIllegalTransitionError,
  type SlotCommand,
  type SlotEvent,
  type SlotPhase,
  type SlotState,
  slotTable,
} from "../src/index.js";
import { type SlotSettings, slotSettings } from "../src/options.js";
import { deepFreeze } from "./script.js";

interface Moment {
  readonly state: SlotState;
  readonly now: number;
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

const SLOTS: readonly ChildSlotOptions[] = [
  {
    id: "explicit",
    readiness: "explicit",
    readyTimeoutMs: 2,
    heartbeatTimeoutMs: 2,
    healthyAfterMs: 3,
    gracePeriodMs: 1,
    abandonAfterMs: 1,
  },
  {
    id: "immediate",
    heartbeatTimeoutMs: 2,
    healthyAfterMs: 2,
    gracePeriodMs: 2,
    abandonAfterMs: 1,
  },
  { id: "trusting", readiness: "explicit", healthyAfterMs: 1, gracePeriodMs: 1, abandonAfterMs: 2 },
  {
    id: "bounded",
    readiness: "explicit",
    healthyAfterMs: 1,
    healthyFrom: "ready",
    maxRunMs: 2,
    gracePeriodMs: 1,
    abandonAfterMs: 1,
  },
  { id: "limited", healthyAfterMs: 2, maxRunMs: 2, gracePeriodMs: 1, abandonAfterMs: 1 },
  {
    id: "impatient",
    readiness: "explicit",
    readyTimeoutMs: 0,
    heartbeatTimeoutMs: 0,
    healthyAfterMs: 0,
    gracePeriodMs: 0,
    abandonAfterMs: 0,
  },
  { id: "brief", healthyAfterMs: 0, maxRunMs: 0, gracePeriodMs: 0, abandonAfterMs: 0 },
];

const WORDS = [
  "stop",
  "kill",
  "halt",
  "force",
  "pause",
  "quarantine",
  "remove",
  "resume",
  "tick",
] as const;

/** More than any limit above. */
const OLD = 4;

const INSTANTS = /^(launchedAt|readyAt|readySince|at|since|ranSince|healthSince)$/;

/** Whether nobody looks any more at when it became ready. */
function isHealthKnown(phase: SlotPhase): boolean {
  return phase.status === "ready" && (phase.healthy || phase.healthSince !== undefined);
}

/** With its fields in the order in which they were written, or in that of the alphabet. */
function keyOf({ state, now }: Moment, inOrder = (phase: object) => phase): string {
  const { intent, open, generation, phase } = state;
  const aged = JSON.stringify(inOrder(phase), (key, value) => {
    if (/^(requestedAt|requester|reason)$/.test(key)) return undefined;
    if (key === "launchedAt" && phase.status === "cancelling") return undefined;
    if (key === "readyAt" && isHealthKnown(phase)) return undefined;
    if (key === "duplicates") return Math.min(value, 1);
    return INSTANTS.test(key) ? Math.min(now - value, OLD) : value;
  });
  // A first generation has none before it; a second one has, and every later one looks like it.
  return `${intent} ${open} ${Math.min(generation, 1)} ${aged}`;
}

function sorted(part: object): object {
  const fields = Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    fields.map(([key, value]) => [
      key,
      typeof value === "object" && value !== null ? sorted(value) : value,
    ]),
  );
}

/** The first rule of the table that fits, looked for from its beginning. */
function searched(state: SlotState, event: SlotEvent, now: number, settings: SlotSettings) {
  const occurrence = occurrenceOf(state.phase, event, now, settings);
  return slotTable.find(
    ({ from, on, when }) =>
      from.includes(state.phase.status) &&
      on.includes(occurrence) &&
      when.every((guard) => guard(state, event, settings, now)),
  );
}

function eventsAt({ state, now }: Moment): readonly SlotEvent[] {
  const { generation } = state;
  const exit = { kind: "failed", code: 1 } as const;
  return [
    { type: "launch", cause: "restart" },
    { type: "restart", requester: "ops", reason: "why not" },
    ...WORDS.map((type) => ({ type })),
    ...[generation + 1, generation, generation - 1].flatMap((which): SlotEvent[] => [
      { type: "ready", generation: which },
      { type: "not-ready", generation: which },
      { type: "heartbeat", generation: which, at: now },
      { type: "heartbeat", generation: which, at: now - 1 },
      { type: "unhealthy", generation: which, reason: "probe-failed" },
      { type: "exited", generation: which, exit },
    ]),
  ];
}

interface Exploration {
  readonly moments: ReadonlyMap<string, Moment>;
  readonly edges: readonly Edge[];
  /** `row status occurrence` of every rule that fitted anywhere. */
  readonly used: ReadonlySet<string>;
}

function explore(
  options: ChildSlotOptions,
  isTold = (_type: SlotEvent["type"]) => true,
): Exploration {
  const slot = childSlot(options);
  const settings = slotSettings(options);
  const first: Moment = { state: deepFreeze(slot.initial()), now: 0 };
  const moments = new Map([[keyOf(first), first]]);
  const edges: Edge[] = [];
  const used = new Set<string>();

  for (const [from, moment] of moments) {
    const go = (to: Moment) => {
      const key = keyOf(to);
      edges.push({ from, to: key });
      if (!moments.has(key)) moments.set(key, { ...to, state: deepFreeze(to.state) });
    };
    const { state, now } = moment;
    const deadline = slot.deadline(state);
    if (deadline === null || now <= deadline) go({ state, now: now + 1 });
    for (const event of eventsAt(moment)) {
      if (!isTold(event.type)) continue;
      const step = attempt(slot, moment, event);
      if (step === null) continue;
      const rule = findRule(state, event, now, settings);
      const occurrence = occurrenceOf(state.phase, event, now, settings);
      if (rule !== searched(state, event, now, settings)) throw new Error("not the first rule");
      if (rule) used.add(`${slotTable.indexOf(rule)} ${state.phase.status} ${occurrence}`);
      checkStep(state, step, rule?.to);
      go({ state: step[0], now });
    }
  }
  return { moments, edges, used };
}

type Step = readonly [SlotState, readonly SlotCommand[]];

function attempt(slot: ChildSlot, { state, now }: Moment, event: SlotEvent): Step | null {
  try {
    return slot.step(state, event, now);
  } catch (error) {
    if (!isIllegalTransitionError(error)) throw error;
    return null;
  }
}

/** What every single step must keep: who moves in finds the slot empty, and the table tells the truth. */
function checkStep(before: SlotState, [after, commands]: Step, to: string | undefined): void {
  let occupied = before.phase.status !== "stopped";
  for (const command of commands) {
    if (command.type === "report" && command.report.type === "exited") occupied = false;
    if (command.type !== "launch") continue;
    if (occupied) throw new Error("a launch of an occupied slot");
    occupied = true;
  }
  const { status } = after.phase;
  const launches = commands.filter(({ type }) => type === "launch").length;
  const seen = [status !== "stopped", status, after.generation - before.generation];
  const meant = [occupied, to === "same" ? before.phase.status : to, launches];
  // Hundreds of thousands of steps: only one that is wrong is worth an assertion.
  if (seen.some((value, i) => value !== meant[i])) expect(seen).toStrictEqual(meant);
}

/** The keys from which one of the targets can be reached. */
function reaching(edges: readonly Edge[], targets: Iterable<string>): Set<string> {
  const back = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const sources = back.get(to);
    if (sources) sources.push(from);
    else back.set(to, [from]);
  }
  const found = new Set(targets);
  for (const key of found) for (const source of back.get(key) ?? []) found.add(source);
  return found;
}

function keysWhere(
  { moments }: Exploration,
  holds: (state: SlotState) => boolean,
): readonly string[] {
  return [...moments].filter(([, { state }]) => holds(state)).map(([key]) => key);
}

/** Its status, and the times that were started again; of an ending the cause. */
function kindOf({ phase }: SlotState): string {
  if (phase.status === "cancelling") return phase.cause;
  const again = ["ranSince", "healthSince"].filter((field) => field in phase);
  return [phase.status, ...again].join("+");
}

const explorations = new Map<ChildSlotOptions, Exploration>();

/** Explores a slot when a test asks for it, once. */
function explored(options: ChildSlotOptions): Exploration {
  const found = explorations.get(options) ?? explore(options);
  explorations.set(options, found);
  return found;
}

describe.each(SLOTS)("every state of the $id slot", (options) => {
  it("reaches somebody up again unless it is closed or removed, and nobody always", () => {
    const found = explored(options);
    const isUp = ({ phase }: SlotState) =>
      phase.status !== "stopped" && phase.status !== "cancelling";
    const toUp = reaching(found.edges, keysWhere(found, isUp));
    const toEmpty = reaching(
      found.edges,
      keysWhere(found, ({ phase }) => phase.status === "stopped"),
    );
    const stuck = keysWhere(found, ({ open, intent }) => open && intent !== "removed").filter(
      (key) => !toUp.has(key),
    );
    expect(stuck).toStrictEqual([]);
    expect([...found.moments.keys()].filter((key) => !toEmpty.has(key))).toStrictEqual([]);
  });

  it("ends within four ticks of any order to end, whether the ticks are on time or late", () => {
    const slot = childSlot(options);
    const hasNoTime = options.gracePeriodMs === 0 && options.abandonAfterMs === 0;
    const longest = { onTime: 0, late: 0 };
    for (const { state: start, now: at } of explored(options).moments.values()) {
      for (const type of ["stop", "kill", "halt", "force"] as const) {
        for (const lateness of [0, 1, 1_000]) {
          let now = at;
          let ticks = 0;
          let [state] = slot.step(start, { type }, now);
          expect(state.open).toBe(start.open && (type === "halt" || type === "force"));
          expect(state.intent).toBe(start.intent);
          while (state.phase.status !== "stopped" && ticks < 5) {
            now = Math.max(now, (slot.deadline(state) ?? Number.NaN) + lateness);
            [state] = slot.step(state, { type: "tick" }, now);
            ticks++;
          }
          const kind = lateness === 0 ? "onTime" : "late";
          longest[kind] = Math.max(longest[kind], ticks);
        }
      }
    }
    // Late, each of the two steps is looked at twice; where both take no time there is one look, at the
    // second of them.
    expect(longest.late).toBe(hasNoTime ? 1 : 4);
    expect(longest.onTime).toBeLessThanOrEqual(longest.late);
  });

  it("tells a child that stays ready that it is healthy, or ends it, however late the ticks", () => {
    const slot = childSlot(options);
    const longest = { onTime: 0, late: 0 };
    for (const { state: start, now: at } of explored(options).moments.values()) {
      if (start.phase.status !== "ready" || start.phase.healthy) continue;
      for (const lateness of [0, 1, 1_000]) {
        let [state, now, ticks] = [start, at, 0];
        while (state.phase.status === "ready" && !state.phase.healthy && ticks < 9) {
          now = Math.max(now, (slot.deadline(state) ?? Number.NaN) + lateness);
          [state] = slot.step(state, { type: "tick" }, now);
          ticks++;
        }
        const kind = lateness === 0 ? "onTime" : "late";
        longest[kind] = Math.max(longest[kind], ticks);
      }
    }
    // Late, each time that is looked at starts again once: to get healthy, to run, and of a heartbeat.
    const { healthyAfterMs, heartbeatTimeoutMs, maxRunMs } = options;
    const times = [healthyAfterMs, heartbeatTimeoutMs, maxRunMs].filter((ms) => ms).length;
    expect(longest.late).toBe(times + 1);
    expect(longest.onTime).toBeLessThanOrEqual(longest.late);
  });

  it("is accepted by parse, and comes back as it was", () => {
    const slot = childSlot(options);
    for (const { state, now } of explored(options).moments.values()) {
      expect(slot.parse(JSON.parse(JSON.stringify(state)), now)).toStrictEqual(state);
    }
  });
});

describe("the table", () => {
  it("has no rule that cannot happen", () => {
    const used = new Set(SLOTS.flatMap((options) => [...explored(options).used]));
    const dead = slotTable.flatMap((rule, i) =>
      rule.from.flatMap((status) =>
        rule.on
          .filter((type) => type !== "limit" && !used.has(`${i} ${status} ${type}`))
          .map((type) => `${i}: ${status}, ${type}`),
      ),
    );
    expect(dead).toStrictEqual([]);
  });

  it("was explored as far as ever", () => {
    const counts = SLOTS.map((options) => {
      const { moments, edges } = explored(options);
      return `${options.id}: ${moments.size} states, ${edges.length} transitions`;
    });
    console.log(counts.join("; "));
    expect(counts).toMatchInlineSnapshot(`
      [
        "explicit: 2848 states, 55979 transitions",
        "immediate: 2610 states, 51385 transitions",
        "trusting: 2268 states, 44723 transitions",
        "bounded: 2510 states, 49265 transitions",
        "limited: 2344 states, 45991 transitions",
        "impatient: 536 states, 10399 transitions",
        "brief: 364 states, 7035 transitions",
      ]
    `);
  });

  it("has as many states as there are of each status and cause", () => {
    const counts = SLOTS.map((options) => {
      const kinds = [...explored(options).moments.values()].map(({ state }) => kindOf(state));
      const all = [...new Set(kinds)].sort();
      return [
        options.id,
        ...all.map((kind) => `${kind} ${kinds.filter((one) => one === kind).length}`),
      ].join(", ");
    });
    expect(counts).toMatchInlineSnapshot(`
      [
        "explicit, force 120, halt 240, heartbeat-stale 240, not-ready-in-time 240, pause 240, quarantine 240, ready 288, ready+healthSince 116, remove 48, restart 240, running 108, running+healthSince 116, starting 252, stop 96, stopped 24, unhealthy 240",
        "immediate, force 120, halt 280, heartbeat-stale 280, pause 280, quarantine 280, ready 234, ready+healthSince 132, remove 56, restart 280, running 120, running+healthSince 132, stop 112, stopped 24, unhealthy 280",
        "trusting, force 160, halt 280, pause 280, quarantine 280, ready 142, ready+healthSince 94, remove 56, restart 280, running 90, running+healthSince 94, starting 96, stop 112, stopped 24, unhealthy 280",
        "bounded, force 120, halt 240, pause 240, quarantine 240, ran-too-long 240, ready 118, ready+healthSince 22, ready+ranSince 192, ready+ranSince+healthSince 120, remove 48, restart 240, running 66, running+ranSince 96, starting 72, starting+ranSince 96, stop 96, stopped 24, unhealthy 240",
        "limited, force 120, halt 240, pause 240, quarantine 240, ran-too-long 240, ready 100, ready+ranSince 168, ready+ranSince+healthSince 108, remove 48, restart 240, running 36, running+ranSince 96, running+ranSince+healthSince 108, stop 96, stopped 24, unhealthy 240",
        "impatient, force 40, halt 40, heartbeat-stale 40, not-ready-in-time 40, pause 40, quarantine 40, ready 84, remove 8, restart 40, running 60, starting 24, stop 16, stopped 24, unhealthy 40",
        "brief, force 40, halt 40, pause 40, quarantine 40, ran-too-long 40, ready 22, remove 8, restart 40, running 14, stop 16, stopped 24, unhealthy 40",
      ]
    `);
  });

  it.each(SLOTS)("writes a state of the $id slot in one order of fields", (options) => {
    const moments = [...explored(options).moments.values()];
    const written = new Set(moments.map((moment) => keyOf(moment)));
    const inOrder = new Set(moments.map((moment) => keyOf(moment, sorted)));
    expect(inOrder.size).toBe(written.size);
  });

  it.each(SLOTS)(
    "has no state of the $id slot by halt, force and unhealthy but those they cause",
    (options) => {
      const causes = ["force", "halt", "unhealthy"];
      const without = explore(options, (type) => !causes.includes(type)).moments;
      const added = [...explored(options).moments].filter(([key]) => !without.has(key));
      expect(added.length + without.size).toBe(explored(options).moments.size);
      const kinds = new Set(added.map(([, { state }]) => kindOf(state)));
      expect([...kinds].sort()).toStrictEqual(causes);
    },
  );
});
