// Laws about an adapter under `supervise`: what it is for.

import { restartOn } from "@steadfast/policy";
import {
  type Launcher,
  type Outcome,
  type SupervisorHandle,
  supervise,
} from "@steadfast/supervisor";
import { drained, type ManualSystem, manualSystem } from "@steadfast/supervisor/testing";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { pooled } from "../kernel/pooled.js";
import { shorterList, shorterPart, simplerItems } from "../kernel/shorten.js";
import { textTable } from "../kernel/text-table.js";
import type { RawScript } from "./raw-child.js";
import type { RawRecord } from "./runtime-record.js";
import { simplerScript } from "./shorter-trace.js";
import { scriptText } from "./show-launcher-trace.js";
import { someScript } from "./some-trace.js";
import type { Abilities, LauncherSubject } from "./subject.js";
import { virtualRuntime } from "./virtual-runtime.js";

/** What each child does, and when an operator orders what. After the last script children serve. */
export interface SupervisedTrace {
  readonly children: readonly RawScript[];
  readonly orders: readonly { readonly afterMs: number; readonly order: Order }[];
}

type Order = "restart" | "pause" | "resume" | "stop";

const PATIENCE_MS = 10;
const TURNS = 40;

interface Supervised {
  readonly launches: number;
  /** How many were alive and not given up when one was launched. */
  readonly crowd: readonly number[];
  readonly outcome: Outcome | null;
  /** Late words of a child that were passed on when the next one was there. */
  readonly strayWords: readonly unknown[];
  /** Raw children that live and were not given up, in the end. */
  readonly alive: number;
  readonly gaveUp: boolean;
  readonly spokeLate: boolean;
  readonly timers: number;
}

async function superviseIt({ make }: LauncherSubject, trace: SupervisedTrace): Promise<Supervised> {
  const system = manualSystem();
  const runtime = virtualRuntime(system, trace.children);
  const crowd: number[] = [];
  const strayWords: unknown[] = [];
  const givenUp = new Set<RawRecord>();
  const alive = () => runtime.children.filter((raw) => raw.alive && !givenUp.has(raw));
  let launches = 0;
  const launcher = make(runtime);
  const counted: Launcher = {
    launch(info) {
      launches++;
      crowd.push(alive().length);
      return launcher.launch(info);
    },
  };
  const handle = supervise(
    counted,
    {
      policy: restartOn("permanent"),
      gracePeriodMs: PATIENCE_MS,
      abandonAfterMs: PATIENCE_MS,
      onMessage(message) {
        const { late = 0 } = (message ?? {}) as { readonly late?: number };
        if (late > 0 && late < runtime.children.length) strayWords.push(message);
      },
      onEvent: ({ type }) => {
        if (type === "abandoned") for (const raw of alive()) givenUp.add(raw);
      },
    },
    system,
  );
  let outcome: Outcome | null = null;
  void handle.outcome.then((settled) => {
    outcome = settled;
  });
  await order(system, handle, trace.orders);
  return {
    launches,
    crowd,
    outcome,
    strayWords,
    alive: alive().length,
    gaveUp: givenUp.size > 0,
    spokeLate: runtime.children.some(({ told }) =>
      told.some(({ event, isLate }) => isLate && event.type === "said"),
    ),
    timers: system.pendingTimers,
  };
}

/** Gives the orders, stops in the end, and lets everything come to its end. */
async function order(
  system: ManualSystem,
  handle: SupervisorHandle,
  orders: SupervisedTrace["orders"],
): Promise<void> {
  await drained();
  for (const { afterMs, order } of orders) {
    await system.advance(afterMs);
    if (order === "restart") handle.restart();
    else if (order === "pause") handle.pause();
    else if (order === "resume") handle.resume();
    else void handle.stop();
  }
  await system.advance(PATIENCE_MS);
  void handle.stop();
  // Each period may have to be waited for twice: once it is looked at late, and starts again.
  for (let turn = 0; turn < TURNS; turn++) await system.advance(turn < 4 ? PATIENCE_MS : 0);
}

function someSupervisedTrace(can: Abilities): fc.Arbitrary<SupervisedTrace> {
  const script = someScript({ ...can }).map((one): RawScript => {
    const { start = "runs" } = one;
    return { ...one, start: start === "misuse" ? "runs" : start, killMs: one.killMs ?? 0 };
  });
  const order = fc.constantFrom<Order>("restart", "restart", "pause", "resume", "stop");
  return fc
    .record({
      children: fc.array(script, { minLength: 1, maxLength: 5 }),
      orders: fc.array(fc.record({ afterMs: fc.constantFrom(0, 1, 3, 25), order }), {
        maxLength: 5,
      }),
    })
    .map((trace) => JSON.parse(JSON.stringify(trace)));
}

function showSupervised({ children, orders }: SupervisedTrace): string {
  const scripts = children.map((script, index) => [`${index + 1}`, scriptText(script)]);
  const given = orders.map(({ afterMs, order }) => `${order} after ${afterMs}`).join(", ");
  return [textTable([["child", "does"], ...scripts]), `  orders: ${given || "none"}, stop`].join(
    "\n",
  );
}

function supervisedLaw(parts: {
  readonly name: string;
  readonly says: string;
  readonly cases: readonly string[];
  readonly unfit?: (can: Abilities) => string | null;
  readonly check: (seen: Supervised, reached: Reached, can: Abilities) => void;
}): Law<LauncherSubject> {
  const { name, says, cases, unfit, check } = parts;
  return {
    name,
    says,
    trial: (subject) =>
      unfit?.(subject.can) ??
      trial<SupervisedTrace>({
        inputs: storiesOf(subject).inputs,
        cases,
        shorter: shorterSupervised,
        holds: async (trace, reached) =>
          check(await storiesOf(subject).played(trace), reached, subject.can),
        show: showSupervised,
      }),
  };
}

interface Stories {
  readonly inputs: fc.Arbitrary<SupervisedTrace>;
  readonly played: (trace: SupervisedTrace) => Promise<Supervised>;
}

const stories = new WeakMap<LauncherSubject, Stories>();

/** The stories of an adapter under supervision: every law draws the same ones, and each is played once. */
function storiesOf(subject: LauncherSubject): Stories {
  const plays = new WeakMap<SupervisedTrace, Promise<Supervised>>();
  const made: Stories = stories.get(subject) ?? {
    inputs: pooled(someSupervisedTrace(subject.can)),
    played(trace) {
      const play = plays.get(trace) ?? superviseIt(subject, trace);
      plays.set(trace, play);
      return play;
    },
  };
  stories.set(subject, made);
  return made;
}

function* shorterSupervised(trace: SupervisedTrace): Generator<SupervisedTrace> {
  yield* shorterPart(trace, "orders", shorterList);
  yield* shorterPart(trace, "children", shorterList);
  yield* shorterPart(trace, "children", (all) => simplerItems(all, simplerScript));
}

export const supervisedLaws: readonly Law<LauncherSubject>[] = [
  supervisedLaw({
    name: "supervised-one-alive",
    says: "Under `supervise` a child is started only when the one before has ended or was given up.",
    cases: ["a second launch"],
    unfit: ({ forces }) =>
      forces
        ? null
        : "its children cannot be forced: one that was killed may go on beside the next",
    check({ crowd, launches }, reached) {
      const at = crowd.findIndex((alive) => alive > 0);
      claim(at < 0, () => `launch ${at + 1}: ${crowd[at]} more are alive`);
      if (launches > 1) reached("a second launch");
    },
  }),

  supervisedLaw({
    name: "supervised-stop-ends",
    says: "Under `supervise` a stop ends within the grace period and the time until a child is given up, each twice at most, and leaves no child and no timer.",
    cases: ["it was stopped"],
    check({ outcome, alive, timers, gaveUp }, reached, { forces }) {
      claim(outcome !== null, () => "it was stopped, and there is no outcome");
      claim(
        outcome.type === "stopped",
        () => `it was stopped, and the outcome is ${told(outcome)}`,
      );
      claim(!forces || alive === 0, () => `it is over, and ${alive} children are alive`);
      claim(!forces || gaveUp || timers === 0, () => `it is over, and ${timers} timers are set`);
      reached("it was stopped");
    },
  }),

  supervisedLaw({
    name: "supervised-late-words",
    says: "Under `supervise` nothing that a child says after its exit is taken for a word of the next one.",
    cases: ["something was said after an exit"],
    check({ strayWords, spokeLate, launches }, reached) {
      claim(strayWords.length === 0, () => `${show(strayWords)} came when the next one was there`);
      if (spokeLate && launches > 1) reached("something was said after an exit");
    },
  }),
];

function told(outcome: Outcome): string {
  return outcome.type === "failed" ? `failed: ${String(outcome.error)}` : outcome.type;
}
