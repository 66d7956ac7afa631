// Every state that a slot with tiny times can reach, found breadth first, and every event in each.
//
// Two moments count as the same if nothing can tell them apart any more: generations count from the
// present one, instants from now (ages beyond every limit are all alike), and what is only carried
// along for the record is left out. Time passes one by one, and at most one past the deadline, since
// with limits this small one too late is as late as any.
//
// How many states there are is explained by three tests: by status and cause of ending; no state is
// counted twice because its fields stand in another order (a `ready` phase once did: those that a launch
// had made and those that the child had reached, 120 pairs, so that `immediate` had 1 768 states instead
// of 1 648); and a halt and a force add exactly the states of two more causes (`immediate`: 400).

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
    id: "impatient",
    readiness: "explicit",
    readyTimeoutMs: 0,
    heartbeatTimeoutMs: 0,
    healthyAfterMs: 0,
    gracePeriodMs: 0,
    abandonAfterMs: 0,
  },
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
const OLD = 5;

/** With its fields in the order in which they were written, or in that of the alphabet. */
function keyOf({ state, now }: Moment, inOrder = (phase: object) => phase): string {
  const { intent, open, generation, phase } = state;
  const aged = JSON.stringify(inOrder(phase), (key, value) => {
    if (/^(readyAt|requestedAt|requester|reason)$/.test(key)) return undefined;
    if (key === "launchedAt" && phase.status === "cancelling") return undefined;
    if (key === "duplicates") return Math.min(value, 1);
    return /^(launchedAt|readySince|at|since)$/.test(key) ? Math.min(now - value, OLD) : value;
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
    expect(occupied).toBe(false);
    occupied = true;
  }
  expect(after.phase.status !== "stopped").toBe(occupied);
  expect(after.phase.status).toBe(to === "same" ? before.phase.status : to);
  expect(after.generation - before.generation).toBe(
    commands.filter(({ type }) => type === "launch").length,
  );
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
        "explicit: 2296 states, 41679 transitions",
        "immediate: 2048 states, 37247 transitions",
        "trusting: 1844 states, 33599 transitions",
        "impatient: 496 states, 8883 transitions",
      ]
    `);
  });

  it("has as many states as there are of each status and cause", () => {
    const counts = SLOTS.map((options) => {
      const kinds = [...explored(options).moments.values()].map(({ state: { phase } }) =>
        phase.status === "cancelling" ? phase.cause : phase.status,
      );
      const all = [...new Set(kinds)].sort();
      return [
        options.id,
        ...all.map((kind) => `${kind} ${kinds.filter((one) => one === kind).length}`),
      ].join(", ");
    });
    expect(counts).toMatchInlineSnapshot(`
      [
        "explicit, force 120, halt 240, heartbeat-stale 240, not-ready-in-time 240, pause 240, quarantine 240, ready 154, remove 48, restart 240, running 154, starting 260, stop 96, stopped 24",
        "immediate, force 120, halt 280, heartbeat-stale 280, pause 280, quarantine 280, ready 168, remove 56, restart 280, running 168, stop 112, stopped 24",
        "trusting, force 160, halt 280, pause 280, quarantine 280, ready 122, remove 56, restart 280, running 122, starting 128, stop 112, stopped 24",
        "impatient, force 40, halt 40, heartbeat-stale 40, not-ready-in-time 40, pause 40, quarantine 40, ready 72, remove 8, restart 40, running 72, starting 24, stop 16, stopped 24",
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
    "has no state of the $id slot by halt and force but those they cause",
    (options) => {
      const without = explore(options, (type) => type !== "halt" && type !== "force").moments;
      const added = [...explored(options).moments].filter(([key]) => !without.has(key));
      const causes = added.map(([, { state }]) =>
        state.phase.status === "cancelling" ? state.phase.cause : state.phase.status,
      );
      expect(added.length + without.size).toBe(explored(options).moments.size);
      expect([...new Set(causes)].sort()).toStrictEqual(["force", "halt"]);
    },
  );
});
