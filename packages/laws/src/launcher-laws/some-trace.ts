// Stories for an adapter, within what its kind of child can do.

import type { ChildSignal } from "@steadfast/supervisor";
import fc, { type Arbitrary } from "fast-check";
import type { LauncherTrace, TraceAct, TraceAttempt } from "./launcher-trace.js";
import type { Oddity, RawEnd, RawScript } from "./raw-child.js";
import type { Abilities } from "./subject.js";

/** Moments that often coincide, and some that never come first. */
const moment = fc.constantFrom(0, 0, 1, 2, 5);
const ODDITIES: readonly Oddity[] = [
  "exits-twice",
  "exits-after-refusal",
  "speaks-after-exit",
  "errs-after-exit",
  "errs-while-running",
];

/** As it comes back when it was kept: what is generated has other prototypes. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

/** Up to three launches, and what is done to each child. */
export function someTrace(can: Abilities): Arbitrary<LauncherTrace> {
  const listen = fc.constantFrom("at-once", "at-once", "later");
  const random = fc.record<TraceAttempt>({
    child: someScript(can),
    listen,
    acts: fc.array(someAct(can), { maxLength: 5, size: "max" }),
  });
  const served = fc.record<TraceAttempt>({ child: someRun(can), listen, acts: fc.constant([]) });
  const ordinary = fc
    .tuple(served, fc.constantFrom<TraceAct["when"]>("launch", { afterMs: 2 }), fc.boolean())
    .map(([given, when, obeys]) => ending(given, when, obeys, can));
  const attempt = fc.oneof({ weight: 4, arbitrary: random }, { weight: 2, arbitrary: ordinary });
  return fc
    .record({ attempts: fc.array(attempt, { minLength: 1, maxLength: 3, size: "max" }) })
    .map(plain);
}

/** A child that would run on gets a message and is asked to end, twice; one that does not obey is killed, twice. */
function ending(
  given: TraceAttempt,
  when: TraceAct["when"],
  obeys: boolean,
  { hears }: Abilities,
): TraceAttempt {
  const stop = { when, act: "requestStop" } as const;
  const words = hears ? [{ when: { afterMs: 1 }, act: "send" } as const] : [];
  const kill = { when: { afterMs: 30 }, act: "kill" } as const;
  const child: RawScript = { ...given.child, runMs: null, stopMs: obeys ? 3 : null };
  return { ...given, child, acts: [...words, stop, ...(obeys ? [stop] : [kill, kill])] };
}

/** What a child does. */
export function someScript(can: Abilities): Arbitrary<RawScript> {
  const runs = someRun(can);
  const refused = fc.record<RawScript>({
    start: fc.constantFrom(...can.refuses.map(startOf), "misuse"),
    odd: fc.subarray<Oddity>(["exits-after-refusal", "errs-after-exit"]),
  });
  if (can.refuses.length === 0) return runs.map(plain);
  return fc.oneof({ weight: 1, arbitrary: runs }, { weight: 1, arbitrary: refused }).map(plain);
}

function someRun(can: Abilities): Arbitrary<RawScript> {
  const end = someEnd(can);
  const lasting = fc.constantFrom<number | null>(0, 1, 5, 20, null, null, null);
  return fc.record<RawScript>({
    start: fc.constant("runs" as const),
    says:
      can.says.length === 0
        ? fc.constant([])
        : fc.array(someWord(can), { maxLength: 3, size: "max" }),
    runMs: lasting,
    end,
    stopMs: fc.constantFrom(0, 3, null),
    stopEnd: end,
    killMs: fc.constantFrom(0, 0, 2, can.forces ? 1 : null),
    odd: fc.subarray([...ODDITIES]),
  });
}

function startOf(how: Abilities["refuses"][number]): "throws" | "refuses" {
  return how === "thrown" ? "throws" : "refuses";
}

function someEnd({ ends }: Abilities): Arbitrary<RawEnd> {
  const all: { readonly [How in Abilities["ends"][number]]: readonly RawEnd[] } = {
    code: [{ code: 0 }, { code: 3 }],
    signal: [{ signal: "SIGTERM" }, { signal: "SIGSEGV" }],
    error: [{ error: "boom" }, { error: null }],
    value: [{ value: { answer: 42 } }, { value: null }],
  };
  return fc.constantFrom(...ends.flatMap((how) => all[how]));
}

function someWord({ says }: Abilities): Arbitrary<{ afterMs: number; signal: ChildSignal }> {
  const signal = fc
    .constantFrom(...says)
    .chain((type) =>
      type === "message"
        ? fc.nat(99).map((n): ChildSignal => ({ type, message: { n } }))
        : fc.constant<ChildSignal>({ type }),
    );
  return fc.record({ afterMs: moment, signal });
}

function someAct({ hears }: Abilities): Arbitrary<TraceAct> {
  return fc.record({
    when: fc.oneof(
      { weight: 2, arbitrary: fc.constant("launch" as const) },
      { weight: 4, arbitrary: fc.record({ afterMs: fc.constantFrom(0, 1, 2, 5, 30) }) },
      { weight: 2, arbitrary: fc.constant("exit" as const) },
    ),
    act: fc.constantFrom<TraceAct["act"]>(
      "requestStop",
      "kill",
      ...(hears ? ["send" as const] : []),
    ),
  });
}
