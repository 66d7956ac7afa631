// What holds for every slot under every script.

import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect } from "vitest";
import {
  type ChildSlotOptions,
  childSlot,
  type ReadyPhase,
  type SlotCommand,
  type SlotEvent,
  type SlotState,
  type SlotStatus,
} from "../src/index.js";
import { law } from "./law.js";
import { deepFreeze, play, type Script, script, someOptions, type Taken, take } from "./script.js";

const END = Number.MAX_SAFE_INTEGER;
const tick: SlotEvent = { type: "tick" };

const VERDICT = expect.toSatisfy(
  ({ type, report }) => /^(request-stop|kill|abandon)$/.test(type) || report?.type === "healthy",
);
const STATUSES: readonly SlotStatus[] = ["stopped", "starting", "running", "ready", "cancelling"];

function commandsOf(taken: readonly Taken[]): readonly SlotCommand[] {
  return taken.flatMap(({ commands }) => commands ?? []);
}

function reportsIn(commands: readonly SlotCommand[], type: string): readonly SlotCommand[] {
  return commands.filter((command) => command.type === "report" && command.report.type === type);
}

function played({ options, moves }: Script) {
  const slot = childSlot(options);
  return { slot, taken: play(slot, moves) };
}

function isWaiting({ phase }: SlotState): boolean {
  return phase.status === "cancelling" && phase.pending !== null;
}

/** A time that runs: since when, how long it was given, and whether it was started again already. */
interface Clock {
  readonly of: string;
  readonly since: number;
  readonly span: number;
  readonly excused: boolean;
}

function clocks({ phase }: SlotState, options: Times): readonly Clock[] {
  const clock = (of: string, span: number | null, since: number, excused: boolean) =>
    span === null ? [] : [{ of, since, span, excused }];
  if (phase.status === "stopped") return [];
  if (phase.status === "cancelling") {
    const { since, excused } = phase;
    return phase.step === "asked"
      ? clock("the grace period", options.gracePeriodMs, since, excused)
      : clock("the time after a kill", options.abandonAfterMs, since, excused);
  }
  const { launchedAt, beat, ranSince } = phase;
  const all = clock("running", options.maxRunMs, ranSince ?? launchedAt, ranSince !== undefined);
  if (beat) all.push(...clock("a heartbeat", options.heartbeatTimeoutMs, beat.since, beat.excused));
  if (phase.status === "starting") {
    const { readySince, excused } = phase;
    all.push(...clock("getting ready", options.readyTimeoutMs, readySince, excused));
  }
  if (phase.status === "ready" && !phase.healthy) {
    const { healthSince } = phase;
    const since = healthSince ?? healthFrom(phase, options);
    all.push(...clock("getting healthy", options.healthyAfterMs, since, healthSince !== undefined));
  }
  return all;
}

interface Times {
  readonly readyTimeoutMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly maxRunMs: number | null;
  readonly healthyAfterMs: number;
  readonly healthyFrom: "launch" | "ready";
  readonly gracePeriodMs: number;
  readonly abandonAfterMs: number;
}

/** Before it is ready it is not healthy, however old it is. */
function healthFrom({ launchedAt, readyAt }: ReadyPhase, options: Times): number {
  if (options.healthyFrom === "ready") return readyAt;
  return Math.max(launchedAt, readyAt - options.healthyAfterMs);
}

/** Scripts enough for what comes up in few of them. */
const several = (one: fc.Arbitrary<Script>) => fc.array(one, { minLength: 5, maxLength: 5 });

const each =
  (check: (input: Script, reached: (what: string) => void) => void) =>
  (inputs: readonly Script[], reached: (what: string) => void) => {
    for (const input of inputs) check(input, reached);
  };

describe("the child", () => {
  law(
    "at most one attempt is alive, but for one that was given up",
    ["a second launch", "a launch right after an exit", "a launch beside one given up"],
    script(),
    (input, reached) => {
      const { taken } = played(input);
      const alive = new Set<number>();
      for (const { commands } of taken) {
        for (const command of commands ?? []) {
          if (command.type === "launch") {
            alive.add(command.generation);
            if (command.attempt > 1) reached("a second launch");
            if (reportsIn(commands ?? [], "exited").length > 0) {
              reached("a launch right after an exit");
              const gaveUp = commands?.some(({ type }) => type === "abandon");
              if (gaveUp) reached("a launch beside one given up");
            }
          }
          if (command.type === "report" && command.report.type === "exited") {
            alive.delete(command.generation);
          }
          expect(alive.size).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  law(
    "generations only grow, one by one, and every command names an attempt that was launched",
    ["three launches"],
    script(),
    (input, reached) => {
      const { taken } = played(input);
      let generation = -1;
      for (const { before, after, commands } of taken) {
        for (const command of commands ?? []) {
          expect(command.attempt).toBe(command.generation + 1);
          expect(command.generation).toBeLessThanOrEqual(after.generation);
          if (command.type !== "launch") continue;
          expect(command.generation).toBe(generation + 1);
          generation = command.generation;
        }
        expect(after.generation).toBe(generation);
        expect(after.generation).toBeGreaterThanOrEqual(before.generation);
      }
      if (generation >= 2) reached("three launches");
    },
  );

  law(
    "an attempt is asked at most once, forced at most once and only then given up, and leaves once",
    ["asked", "forced", "given up", "forced at once", "forced without being asked"],
    script(),
    (input, reached) => {
      const { taken } = played(input);
      const commands = commandsOf(taken);
      const last = Math.max(-1, ...commands.map(({ generation }) => generation));
      for (let generation = 0; generation <= last; generation++) {
        const order = commands.flatMap((command) => {
          if (command.generation !== generation) return [];
          if (command.type !== "report") return command.type === "stale" ? [] : [command.type];
          return command.report.type === "exited" ? ["exited"] : [];
        });
        expect(order.join(" ")).toMatch(
          /^launch( request-stop)?( kill( abandon exited)?)?( exited)?$/,
        );
        if (order.includes("request-stop")) reached("asked");
        if (order.includes("kill")) reached("forced");
        if (order.includes("kill") && !order.includes("request-stop")) {
          reached("forced without being asked");
        }
        if (order.includes("abandon")) reached("given up");
      }
      for (const { commands: at } of taken) {
        if (
          at?.some(({ type }) => type === "request-stop") &&
          at.some(({ type }) => type === "kill")
        )
          reached("forced at once");
      }
    },
  );

  law(
    "healthy is told at most once per attempt, while it is ready and old enough",
    [
      "healthy from launch",
      "healthy from ready",
      "healthy after a late look",
      "healthy after not ready",
    ],
    several(script()),
    each((input, reached) => {
      const { slot, taken } = played(input);
      const told = new Set<number>();
      const wavered = new Set<number>();
      const options = slot.describe.options as unknown as Times;
      for (const { before, commands, now } of taken) {
        for (const { generation } of reportsIn(commands ?? [], "not-ready"))
          wavered.add(generation);
        for (const { generation } of reportsIn(commands ?? [], "healthy")) {
          expect(told.has(generation)).toBe(false);
          told.add(generation);
          const { phase } = before;
          expect(phase.status).toBe("ready");
          if (phase.status !== "ready") continue;
          const { healthyFrom, healthyAfterMs } = options;
          const from = healthyFrom === "ready" ? phase.readyAt : phase.launchedAt;
          expect(now - (phase.healthSince ?? from)).toBeGreaterThanOrEqual(healthyAfterMs);
          reached(`healthy from ${healthyFrom}`);
          if (phase.healthSince !== undefined) reached("healthy after a late look");
          if (wavered.has(generation)) reached("healthy after not ready");
        }
      }
    }),
  );

  law(
    "the time to run is started again once per attempt, and the time to get healthy once, too",
    ["to run", "to get healthy from launch", "to get healthy from ready", "kept while not ready"],
    several(script({ mayGoBack: true })),
    each((input, reached) => {
      const { slot, taken } = played(input);
      const { healthyFrom } = slot.describe.options as unknown as Times;
      const again = new Set<string>();
      let readies = 0;
      for (const { before, after, commands } of taken) {
        readies += reportsIn(commands ?? [], "ready").length;
        const [was, is] = [renewed(before), renewed(after)];
        const attempts = `${before.attempt}`;
        if (is.ranSince !== undefined && is.ranSince !== was.ranSince) {
          expect(again.has(`run ${attempts}`)).toBe(false);
          again.add(`run ${attempts}`);
          reached("to run");
        }
        if (is.healthSince !== undefined && is.healthSince !== was.healthSince) {
          const key = healthyFrom === "ready" ? `${attempts} ${readies}` : attempts;
          expect(again.has(key)).toBe(false);
          again.add(key);
          reached(`to get healthy from ${healthyFrom}`);
        }
        if (after.phase.status !== "running" || is.healthSince === undefined) continue;
        expect(healthyFrom).toBe("launch");
        reached("kept while not ready");
      }
    }),
  );
});

/** What is known of times that were started again. */
function renewed({ phase }: SlotState): { ranSince?: number; healthSince?: number } {
  return phase.status === "stopped" || phase.status === "cancelling" ? {} : phase;
}

describe("stop", () => {
  law(
    "after a stop nothing is launched, whatever follows, and a restart that waited is told so",
    ["a restart waited", "a launch was tried afterwards", "a restart was tried afterwards"],
    fc.record({ input: script(), type: fc.constantFrom("stop", "kill"), at: fc.nat(99) }),
    ({ input, type, at }, reached) => {
      const { slot, taken } = played(input);
      const waiting = taken.filter(({ after }) => isWaiting(after));
      const places = waiting.length > 0 ? waiting : taken;
      const { after: before, now } = places[at % places.length] as Taken;
      const stop = take(slot, before, { type }, now);
      expect(stop.after.open).toBe(false);
      const fences = reportsIn(stop.commands ?? [], "fence");
      if (isWaiting(before)) {
        reached("a restart waited");
        expect(fences).toMatchObject([{ report: { decision: "blocked-by-shutdown" } }]);
      } else expect(fences).toStrictEqual([]);

      const rest = input.moves.slice(taken.findIndex(({ after }) => after === before) + 1);
      for (const { event, after, commands } of play(slot, rest, {
        startAt: now,
        state: stop.after,
      })) {
        expect(after.open).toBe(false);
        expect(commands?.some((command) => command.type === "launch") ?? false).toBe(false);
        if (event.type === "launch") {
          reached("a launch was tried afterwards");
          expect(commands).toBe(null);
        }
        if (event.type === "restart" && commands) {
          reached("a restart was tried afterwards");
          expect(commands).toMatchObject([{ report: { decision: "blocked-by-shutdown" } }]);
        }
      }
    },
  );

  law(
    "a stop ends within four ticks from every reachable state, also when every tick is late",
    [...STATUSES.map((status) => `from ${status}`), "with a restart waiting", "in four"],
    fc.record({ input: script(), late: fc.constantFrom(0, 1, 1_000_000_000), kill: fc.boolean() }),
    ({ input, late, kill }, reached) => {
      const { slot, taken } = played(input);
      for (const { after, now: at } of taken.slice(-3)) {
        reached(`from ${after.phase.status}`);
        if (isWaiting(after)) reached("with a restart waiting");
        let [state] = slot.step(after, { type: kill ? "kill" : "stop" }, at);
        let now = at;
        let ticks = 0;
        for (; state.phase.status !== "stopped"; ticks++) {
          expect(ticks).toBeLessThan(4);
          const deadline = slot.deadline(state);
          expect(deadline).not.toBe(null);
          now = Math.max(now, (deadline ?? END) + late);
          [state] = slot.step(state, tick, now);
        }
        if (ticks === 4) reached("in four");
        expect(slot.deadline(state)).toBe(null);
      }
    },
  );
});

describe("halt and force", () => {
  law(
    "end the attempt within four ticks, leave slot and intent as they were, and launch nothing",
    [
      ...STATUSES.map((status) => `from ${status}`),
      "a restart waited",
      "it was closed",
      "in four",
      "it was launched again",
      "a restart was told meanwhile",
    ],
    fc.record({
      input: script(),
      late: fc.constantFrom(0, 1, 1_000_000_000),
      type: fc.constantFrom("halt", "force"),
      after: fc.constantFrom("launch", "restart"),
    }),
    ({ input, late, type, after: order }, reached) => {
      const { slot, taken } = played(input);
      const places = [
        ...taken.slice(-3),
        ...taken.filter(({ after }) => isWaiting(after)).slice(-1),
      ];
      for (const { after: before, now: at } of places) {
        reached(`from ${before.phase.status}`);
        if (!before.open) reached("it was closed");
        const isAsked = before.phase.status === "cancelling";
        const [halted, said] = slot.step(before, { type }, at);
        const fences = reportsIn(said, "fence");
        if (isWaiting(before)) {
          reached("a restart waited");
          expect(fences).toMatchObject([{ report: { decision: "rejected" } }]);
        } else expect(fences).toStrictEqual([]);
        if (type === "force" || isAsked) {
          expect(said.some((command) => command.type === "request-stop")).toBe(false);
        }
        expect(isWaiting(halted)).toBe(false);
        const again = slot.step(halted, { type }, at);
        expect(again).toStrictEqual([halted, []]);
        expect(again[0]).toBe(halted);

        let [state, now, ticks] = [halted, at, 0];
        for (; state.phase.status !== "stopped"; ticks++) {
          expect(ticks).toBeLessThan(type === "force" ? 2 : 4);
          now = Math.max(now, (slot.deadline(state) ?? END) + late);
          const [next, commands] = slot.step(state, tick, now);
          expect(commands.some((command) => command.type === "launch")).toBe(false);
          state = next;
        }
        if (ticks === 4) reached("in four");
        const { open, intent } = before;
        expect(state).toMatchObject({ open, intent, generation: before.generation });
        if (!open || intent !== "active") continue;
        const restart = { type: "restart", requester: "ops", reason: "after all" } as const;
        if (order === "launch") {
          const [, commands] = slot.step(state, { type: "launch", cause: "restart" }, now);
          expect(commands[0]?.type).toBe("launch");
          reached("it was launched again");
        } else if (halted.phase.status === "cancelling") {
          const [queued, answer] = slot.step(halted, restart, at);
          expect(isWaiting(queued)).toBe(true);
          expect(answer).toMatchObject([{ report: { decision: "queued-after-stop" } }]);
          reached("a restart was told meanwhile");
        }
      }
    },
  );
});

describe("a restart that was queued", () => {
  law(
    "happens with the end of the attempt, or is dropped and told so: one or the other, once",
    ["it happened", "it was blocked", "it was rejected", "it was asked for again"],
    fc.record({
      input: script(),
      event: fc.constantFrom<SlotEvent>(
        { type: "tick" },
        { type: "pause" },
        { type: "remove" },
        { type: "halt" },
        { type: "force" },
        { type: "stop" },
        { type: "kill" },
        { type: "restart", requester: "somebody else", reason: "as well" },
      ),
    }),
    ({ input, event }, reached) => {
      const { slot, taken: story } = played(input);
      // Something in particular, at the first moment at which a restart waits.
      const at = story.findIndex(({ after }) => isWaiting(after)) + 1;
      const { after: before, now } = (story[at - 1] ?? story.at(-1)) as Taken;
      const turn = take(slot, before, event, now);
      const rest = play(slot, input.moves.slice(at), { startAt: now, state: turn.after });
      const taken = at === 0 ? story : [...story.slice(0, at), turn, ...rest];
      let waits = false;
      for (const { after, commands } of taken) {
        for (const command of commands ?? []) {
          const said =
            command.type === "report" && command.report.type === "fence" && command.report.decision;
          if (said === "already-pending") {
            expect(waits).toBe(true);
            reached("it was asked for again");
          }
          if (command.type === "launch" && waits) {
            expect(command.cause).toBe("operator");
            reached("it happened");
            waits = false;
          }
          if (waits && said === "blocked-by-shutdown") reached("it was blocked");
          if (waits && said === "rejected") reached("it was rejected");
          if (said === "blocked-by-shutdown" || said === "rejected") waits = false;
          if (said === "queued-after-stop") {
            expect(waits).toBe(false);
            waits = true;
          }
        }
        expect(isWaiting(after)).toBe(waits);
      }
    },
  );
});

describe("what is impossible, stale or quiet changes nothing", () => {
  law(
    "an impossible event throws IllegalTransitionError, and the clock has no say in that",
    ["an impossible launch", "a generation that never was", "a restart nobody asks for"],
    script({ mayGoBack: true }),
    (input, reached) => {
      const { slot, taken } = played(input);
      for (const { before, event, now, commands } of taken) {
        if (commands === null && event.type === "launch") reached("an impossible launch");
        if (commands === null && "generation" in event) reached("a generation that never was");
        if (commands === null && event.type === "restart") reached("a restart nobody asks for");
        for (const other of [now - 1_000_000_007, 0, now + 1_000_000_007]) {
          expect(take(slot, before, event, other).commands === null).toBe(commands === null);
        }
      }
    },
  );

  law(
    "a report of an old generation returns the same state and one stale command",
    ["an old exit", "an exit told twice", "something else that is old"],
    script(),
    (input, reached) => {
      const { taken } = played(input);
      for (const { before, event, after, commands } of taken) {
        if (!("generation" in event) || commands === null) continue;
        const left = before.phase.status === "stopped";
        if (event.generation === before.generation && !left) continue;
        if (event.type === "exited") reached(left ? "an exit told twice" : "an old exit");
        else reached("something else that is old");
        expect(after).toBe(before);
        const { generation } = event;
        expect(commands).toStrictEqual([
          { type: "stale", report: event, generation, attempt: generation + 1 },
        ]);
      }
    },
  );

  law(
    "quiet means the same reference, and no command is not always quiet",
    ["nothing changed", "something changed without a command"],
    script({ mayGoBack: true }),
    (input, reached) => {
      const { taken } = played(input);
      for (const { before, after, commands } of taken) {
        if (before === after) reached("nothing changed");
        else {
          expect(isDeepStrictEqual(before, after)).toBe(false);
          if (commands?.length === 0) reached("something changed without a command");
        }
      }
    },
  );
});

describe("time", () => {
  law(
    "the deadline is honest: a tick before it changes nothing, a tick at it changes something",
    [...STATUSES.map((status) => `a deadline in ${status}`).slice(1), "no deadline"],
    script({ mayGoBack: true }),
    (input, reached) => {
      const { slot, taken } = played(input);
      for (const { after, now } of taken) {
        const deadline = slot.deadline(after);
        if (deadline === null) {
          reached("no deadline");
          for (const at of [now, now + 1, END]) {
            expect(slot.step(after, tick, at)).toStrictEqual([after, []]);
            expect(slot.step(after, tick, at)[0]).toBe(after);
          }
          continue;
        }
        reached(`a deadline in ${after.phase.status}`);
        for (const at of [deadline - 1, Math.min(now, deadline - 1), -END]) {
          expect(slot.step(after, tick, at)).toStrictEqual([after, []]);
          expect(slot.step(after, tick, at)[0]).toBe(after);
        }
        for (const at of [deadline, deadline + 1, deadline + 1_000_000_000]) {
          expect(slot.step(after, tick, at)[0]).not.toBe(after);
        }
      }
    },
  );

  law(
    "a look that comes too late judges nobody and grants exactly one fresh period, and no second one",
    [
      "the grace period",
      "the time after a kill",
      "a heartbeat",
      "getting ready",
      "running",
      "getting healthy",
      "no time: never",
    ],
    script(),
    (input, reached) => {
      const { slot, taken } = played(input);
      const options = slot.describe.options as unknown as Times;
      for (const { after } of taken) {
        const deadline = slot.deadline(after);
        const due = clocks(after, options).filter(({ since, span }) => since + span === deadline);
        const [clock] = due;
        if (deadline === null || clock === undefined || due.length > 1 || clock.excused) continue;
        const { of, span } = clock;
        if (span === 0) {
          reached("no time: never");
          const [, verdict] = slot.step(after, tick, deadline + 1_000_000_000);
          expect(verdict).toContainEqual(VERDICT);
          continue;
        }
        const late = deadline + Math.floor(span / 10) + 1;
        const [fresh, commands] = slot.step(after, tick, late);
        expect(commands).toStrictEqual([]);
        const others = clocks(after, options).filter((other) => other.of !== of);
        const now = [...others, { of, span, since: late, excused: true }];
        expect(clocks(fresh, options)).toHaveLength(now.length);
        expect(clocks(fresh, options)).toStrictEqual(expect.arrayContaining(now));
        if (others.some((other) => other.since + other.span <= late + span)) continue;
        expect(slot.deadline(fresh)).toBe(late + span);
        expect(slot.step(fresh, tick, late + span - 1)).toStrictEqual([fresh, []]);
        const [, verdict] = slot.step(fresh, tick, late + span + 1_000_000_000);
        expect(verdict).toContainEqual(VERDICT);
        reached(of);
      }
    },
  );

  law(
    "only the differences of instants count: a shifted script gives shifted states",
    ["a deadline", "a heartbeat", "a run started again", "a health started again"],
    fc.record({ input: script(), by: fc.constantFrom(1, 1_000_000_007, 1_700_000_000_000) }),
    ({ input, by }, reached) => {
      const { slot, taken } = played(input);
      const shifted = play(slot, input.moves, { startAt: by });
      expect(shifted.map(({ commands }) => withoutAt(commands))).toStrictEqual(
        taken.map(({ commands }) => withoutAt(commands)),
      );
      taken.forEach(({ after }, i) => {
        const other = shifted[i]?.after as SlotState;
        const deadline = slot.deadline(after);
        expect(slot.deadline(other)).toBe(deadline === null ? null : deadline + by);
        expect(shift(after, by)).toStrictEqual(other);
        if (deadline !== null) reached("a deadline");
        if ("beat" in after.phase && after.phase.beat) reached("a heartbeat");
        if (renewed(after).ranSince !== undefined) reached("a run started again");
        if (renewed(after).healthSince !== undefined) reached("a health started again");
      });
    },
  );

  law(
    "a smaller now never throws, makes nothing due, and no age or uptime negative",
    ["an exit in the past", "a tick in the past"],
    script({ mayGoBack: true }),
    (input, reached) => {
      const { slot, taken } = played(input);
      for (const { before, event, now, commands } of taken) {
        const { phase } = before;
        if (phase.status === "stopped" || now >= phase.launchedAt) continue;
        expect(slot.toRecord(before, now).uptimeMs).toBe(0);
        if (event.type === "tick" && (slot.deadline(before) ?? END) > now) {
          reached("a tick in the past");
          expect(commands).toStrictEqual([]);
        }
        for (const command of reportsIn(commands ?? [], "exited")) {
          reached("an exit in the past");
          expect(command).toMatchObject({ report: { uptimeMs: 0 } });
        }
      }
    },
  );
});

describe("state", () => {
  law(
    "is plain JSON, comes back from it mid-run, and goes on as if nothing had been",
    STATUSES.map((status) => `saved while ${status}`),
    fc.record({ input: script(), cut: fc.nat(39), status: fc.constantFrom(...STATUSES) }),
    ({ input, cut, status }, reached) => {
      const { slot, taken } = played(input);
      const there = [...taken.keys()].filter((i) => taken[i]?.after.phase.status === status);
      const last = there[cut % there.length] ?? cut % taken.length;
      const { after: state, now } = taken[last] as Taken;
      const saved = slot.parse(JSON.parse(JSON.stringify(state)), now);
      expect(saved).toStrictEqual(state);
      reached(`saved while ${state.phase.status}`);
      const at = last + 1;
      const rest = input.moves.slice(at);
      const went = play(slot, rest, { startAt: now, state });
      const goes = play(slot, rest, { startAt: now, state: saved });
      expect(goes).toStrictEqual(went);
    },
  );

  law(
    "instants later than the present one are pulled back to it",
    ["something was pulled back", "ranSince was", "healthSince was"],
    script(),
    (input, reached) => {
      const { slot, taken } = played(input);
      for (const { after, now } of taken.slice(-10)) {
        const parsed = slot.parse(JSON.parse(JSON.stringify(after)), now - 50);
        if (!isDeepStrictEqual(parsed, after)) reached("something was pulled back");
        for (const key of ["ranSince", "healthSince"] as const) {
          if (renewed(parsed)[key] !== renewed(after)[key]) reached(`${key} was`);
        }
        expect(parsed).toStrictEqual(pullBack(after, now - 50));
        expect(slot.parse(JSON.parse(JSON.stringify(parsed)), now - 50)).toStrictEqual(parsed);
      }
    },
  );

  law(
    "does not depend on the options: any slot accepts any slot's state, and can end it",
    ["somebody was up"],
    fc.record({ input: script(), others: someOptions }),
    ({ input, others }, reached) => {
      const { taken } = played(input);
      const other = childSlot(others);
      const { after, now } = taken.at(-1) as Taken;
      const moved = other.parse(JSON.parse(JSON.stringify(after)), now);
      expect(moved).toStrictEqual(after);
      play(other, input.moves, { startAt: now, state: moved });
      let [state] = other.step(moved, { type: "stop" }, now);
      if (moved.phase.status !== "stopped") reached("somebody was up");
      for (let ticks = 0; state.phase.status !== "stopped"; ticks++) {
        expect(ticks).toBeLessThan(4);
        [state] = other.step(state, tick, other.deadline(state) ?? END);
      }
    },
  );

  law(
    "the same arguments give the same answer, and the record changes nothing",
    ["it was up"],
    script({ mayGoBack: true }),
    (input, reached) => {
      const { slot, taken } = played(input);
      const twin = childSlot(input.options);
      for (const { before, event, now, after, commands } of taken) {
        const again = take(twin, before, event, now);
        expect(again.after).toStrictEqual(after);
        expect(again.commands).toStrictEqual(commands);
        const record = deepFreeze(slot.toRecord(after, now));
        expect(JSON.parse(JSON.stringify(record))).toStrictEqual(record);
        if (record.uptimeMs !== null) reached("it was up");
      }
    },
  );
});

const DEFAULTS = childSlot({ id: "worker" }).describe.options;

describe("options", () => {
  law("every option matters", Object.keys(DEFAULTS), script(), ({ options, moves }, reached) => {
    for (const option of Object.keys(DEFAULTS)) {
      if (!isDeepStrictEqual(story(options, moves), story(altered(options, option), moves))) {
        reached(option);
      }
    }
  });
});

function altered(options: ChildSlotOptions, option: string): ChildSlotOptions {
  const { readiness, readyTimeoutMs, ...rest } = options;
  switch (option) {
    case "id":
      return { ...options, id: "other" };
    case "path":
      return { ...options, path: "/elsewhere" };
    case "readiness":
      return readiness ? rest : { ...rest, readiness: "explicit" };
    case "readyTimeoutMs":
      if (!readiness) return options;
      return { ...rest, readiness, readyTimeoutMs: (readyTimeoutMs ?? 99) + 1 };
    case "healthyFrom":
      return { ...options, healthyFrom: options.healthyFrom === "ready" ? "launch" : "ready" };
    default: {
      const { [option as "gracePeriodMs"]: was = 99 } = options;
      return { ...options, [option]: was + 1 };
    }
  }
}

/** Everything that can be seen of a slot while a script is played. */
function story(options: ChildSlotOptions, moves: Script["moves"]): unknown {
  const slot = childSlot(options);
  return play(slot, moves).map(({ after, commands, now }) => [
    commands,
    slot.deadline(after),
    slot.toRecord(after, now),
  ]);
}

const INSTANTS =
  /^(launchedAt|readySince|readyAt|at|since|ranSince|healthSince|requestedAt|updatedAt)$/;

function mapInstants(value: unknown, change: (at: number) => number): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapInstants(inner, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      INSTANTS.test(key) && typeof inner === "number" ? change(inner) : mapInstants(inner, change),
    ]),
  );
}

function shift(state: SlotState, by: number): unknown {
  return mapInstants(state, (at) => at + by);
}

function pullBack(state: SlotState, now: number): unknown {
  return mapInstants(state, (at) => Math.min(at, now));
}

/** A stale heartbeat carries its own instant; every other command carries none. */
function withoutAt(commands: readonly SlotCommand[] | null): unknown {
  return commands?.map((command) => {
    if (command.type !== "stale" || command.report.type !== "heartbeat") return command;
    return { ...command, report: { ...command.report, at: 0 } };
  });
}
