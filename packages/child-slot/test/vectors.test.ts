// The source system's own slot, run on the same operations: test/vectors/child_slot.json. Every field of
// every state is compared, but for the differences below, each found by a rule and counted. The counts
// stand in test/vectors/README.md, which is written from here and checked against it.

import { describe, expect, it } from "vitest";
import { golden } from "../../../config/testing/vectors.ts";
import { type Operation, SourceSlot } from "./source-slot.js";

interface Case {
  readonly id: string;
  readonly ops: readonly Operation[];
}

type Fields = { readonly [field: string]: unknown };

interface File {
  readonly initial: Fields;
  readonly cases: readonly Case[];
}

const file = golden<File>(new URL("vectors/child_slot.json", import.meta.url));

/** What is known at one comparison. */
interface Place {
  readonly field: string;
  readonly theirs: unknown;
  readonly source: Fields;
  readonly slot: SourceSlot;
  /** Fields that a case set from outside, and that the source has not written since. */
  readonly setFromOutside: ReadonlySet<string>;
  /** When the restart limit was last told with other numbers than before; null: never told. */
  readonly limitSince: number | null;
  /** The attempt that `lastExit` is about was one of the slot's. */
  readonly exitWasOurs: boolean;
}

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly applies: (place: Place) => boolean;
}

const isOneOf =
  (...fields: readonly string[]) =>
  ({ field }: Place) =>
    fields.includes(field);

const isNumber = isOneOf("generation", "attempt", "fenceActiveGeneration", "fenceActiveAttempt");
const isAboutEnding = isOneOf("status", "handles", "attemptCancelDelivered", "abortRequested");

const DIFFERENCES: readonly Difference[] = [
  {
    what: "restartWindowMs, trackerMs",
    why: "the slot does not count: a window policy does, and `limit` says what it sees",
    applies: isOneOf("restartWindowMs", "trackerMs"),
  },
  {
    what: "lastControlFailure",
    why: "a stop that does not end is no failure to record here: it is forced, and then given up",
    applies: isOneOf("lastControlFailure"),
  },
  {
    what: "staleEventAttempt, identityAnchor, stopDeadlineAtMs",
    why: "the source's slot never writes them but to clear them; ours has the `stale` command, numbers of its own, and `deadline`",
    applies: isOneOf("staleEventAttempt", "identityAnchor", "stopDeadlineAtMs"),
  },
  {
    what: "lastReadyAtMs, lastObservedReadiness",
    why: "dated at every look while ready, and never written; ours says since when it is ready",
    applies: isOneOf("lastReadyAtMs", "lastObservedReadiness"),
  },
  {
    what: "a field set from outside",
    why: "a state of ours is changed by events only",
    applies: ({ field, setFromOutside }) => setFromOutside.has(field),
  },
  {
    what: "generation and attempt, numbered by the caller",
    why: "the source takes any numbers; ours counts them itself, one more with each launch",
    applies: (place) => isNumber(place) && place.theirs !== null && !place.slot.inStep,
  },
  {
    what: "restartCount, told at the exit",
    why: "the source adds one at each `deactivate`, also with nobody there and after the last; ours counts attempts after the first, so the two agree after a launch that follows a report",
    applies: ({ field, slot, source }) =>
      field === "restartCount" && !(slot.inStep && source.hasActiveAttempt === true),
  },
  {
    what: "status running",
    why: "the source's caller chooses the word; our `running` was ready once and is not now",
    applies: ({ field, theirs, slot }) =>
      field === "status" && slot.record.stop === null && theirs === "running",
  },
  {
    what: "status after a report of readiness",
    why: "the source's status does not follow readiness; ours does",
    applies: ({ field, slot }) => field === "status" && slot.record.stop === null && slot.reported,
  },
  {
    what: "an abort that was not preceded by a cancel",
    why: "ours is `cancelling` from then on, and is not asked any more; the source's status stays, and it can still be asked",
    applies: (place) => isAboutEnding(place) && abortedUnasked(place),
  },
  {
    what: "lastExit of an attempt that was cleared, dropped or never there",
    why: "ours records every exit of an attempt, keeps it while the next one runs, and no other",
    applies: ({ field, exitWasOurs }) => field === "lastExit" && !exitWasOurs,
  },
  {
    what: "liveness of a child that is to end",
    why: "what it says on its way out is of no interest to ours, and not kept",
    applies: ({ field, slot }) =>
      ["lastHeartbeatAtMs", "readiness", "heartbeatStale"].includes(field) &&
      slot.record.stop !== null,
  },
  {
    what: "a heartbeat dated at a look, after the clock went back",
    why: "the source takes the time of the look, even if it is earlier; ours keeps the newest heartbeat",
    applies: ({ field, theirs, slot }) =>
      (field === "lastHeartbeatAtMs" || field === "heartbeatStale") &&
      typeof slot.record.lastHeartbeatAt === "number" &&
      typeof theirs === "number" &&
      theirs < slot.record.lastHeartbeatAt,
  },
  {
    what: "readiness before the child has reported",
    why: "with immediate readiness ours says `ready` from the launch on; the source waits for the child to say so",
    applies: ({ field, slot }) =>
      field === "readiness" && slot.activatedAs === "ready" && !slot.reported,
  },
  {
    what: "restartLimit before the first `limit`",
    why: "the source starts with 60 s and 2^32-1; ours does not know one",
    applies: ({ field, limitSince }) => field.startsWith("restartLimit") && limitSince === null,
  },
  {
    what: "updatedAt of a limit told again, or after the clock went back",
    why: "the source adds a nanosecond to be later than before; ours says since when the numbers are these",
    applies: ({ field, theirs, limitSince }) => {
      if (field !== "restartLimitUpdatedAt") return false;
      const { ms, plusNs } = theirs as { readonly ms: number; readonly plusNs: number };
      return ms !== limitSince || plusNs !== 0;
    },
  },
];

function abortedUnasked({ field, slot, source }: Place): boolean {
  if (field === "status") return slot.forcedFirst && slot.record.status === "cancelling";
  const theirs = source.handles as readonly (readonly [number, number])[];
  return slot.handles.some(([asked], i) => asked !== theirs[i]?.[0]);
}

/** The source's fields as they are compared: the limit's stamp apart, an exit as its reason. */
function comparable(source: Fields): Fields {
  const { updatedAt, ...limit } = source.restartLimit as { updatedAt: unknown };
  const lastExit = source.lastExit as { reason: string } | null;
  return {
    ...source,
    restartLimit: limit,
    restartLimitUpdatedAt: updatedAt,
    lastExit: lastExit?.reason ?? null,
  };
}

class Tally {
  readonly same = new Map<string, number>();
  readonly differs = new Map<Difference, number>();

  compare(place: Place, ours: unknown, where: string): void {
    const difference = DIFFERENCES.find(({ applies }) => applies(place));
    const { field, theirs } = place;
    if (difference) {
      this.differs.set(difference, (this.differs.get(difference) ?? 0) + 1);
      return;
    }
    const expected = field === "restartLimitUpdatedAt" ? (theirs as { ms: number }).ms : theirs;
    expect(ours, `${where}: ${field}`).toStrictEqual(expected);
    this.same.set(field, (this.same.get(field) ?? 0) + 1);
  }
}

function run({ id, ops }: Case, tally = new Tally()): void {
  const slot = new SourceSlot();
  const setFromOutside = new Set<string>();
  let source = file.initial;
  let limitSince: number | null = null;
  let exitWasOurs = true;

  ops.forEach((operation, i) => {
    const where = `${id}, ${i}: ${operation.op}`;
    const limitBefore = numbersOf(source);
    source = { ...source, ...operation.changed };
    const wasAlive = slot.record.status !== "stopped";
    const { used } = (source.restartLimit ?? {}) as { used: number };
    const returns = slot.perform(operation, used);

    for (const field of Object.keys(operation.changed)) setFromOutside.delete(field);
    if (operation.op === "setField") setFromOutside.add(operation.field as string);
    if (operation.op.endsWith("RestartLimit")) {
      if (limitSince === null || numbersOf(source) !== limitBefore) limitSince = slot.now;
      expect(slot.record.restartLimit?.updatedAt, where).toBe(limitSince);
    }
    if (operation.op === "deactivate") exitWasOurs = wasAlive;
    if (operation.op === "activate" || (operation.op === "clear" && wasAlive)) exitWasOurs = false;

    const place = { source, slot, setFromOutside, limitSince, exitWasOurs };
    const ours = slot.view();
    for (const [field, theirs] of Object.entries(comparable(source))) {
      tally.compare({ ...place, field, theirs }, ours[field], where);
    }
    compareReturns(operation, returns, place, where, tally);
  });
}

function numbersOf(source: Fields): string {
  return JSON.stringify(comparable(source).restartLimit);
}

function compareReturns(
  { op, returns: theirs }: Operation,
  ours: unknown,
  place: Omit<Place, "field" | "theirs">,
  where: string,
  tally: Tally,
): void {
  if (theirs === undefined) return;
  if (typeof theirs !== "object" || theirs === null) {
    // A cancel after an abort: the source asks now, ours has nothing left to ask for.
    if (op === "cancel" && place.slot.forcedFirst)
      expect([ours, where]).toStrictEqual([false, where]);
    else expect([ours, where]).toStrictEqual([theirs, where]);
    tally.same.set(`${op}()`, (tally.same.get(`${op}()`) ?? 0) + 1);
    return;
  }
  const { liveness, ...rest } = theirs as Fields;
  const answer = ours as Fields;
  const fields = { ...rest, ...((liveness as Fields | undefined) ?? {}) };
  const answered = { ...answer, ...((answer.liveness as Fields | undefined) ?? {}) };
  for (const [field, value] of Object.entries(fields)) {
    if (field === "failure" || field === "pendingRestart") continue;
    tally.compare({ ...place, field, theirs: value }, (answered as Fields)[field], where);
  }
}

describe("the source's slot", () => {
  it.each(file.cases)("$id", (one) => run(one));

  it("is compared in as many places as the notes beside the vectors say", async () => {
    const tally = new Tally();
    for (const one of file.cases) run(one, tally);
    await expect(notes(tally)).toMatchFileSnapshot("vectors/README.md");
  });
});

function notes({ same, differs }: Tally): string {
  const sum = (all: ReadonlyMap<unknown, number>) => [...all.values()].reduce((a, b) => a + b, 0);
  const agreed = [...same].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    "# child_slot.json",
    "",
    "Runs of `ChildSlot` of rust-tokio-supervisor 0.1.3. `test/source-slot.ts` carries its operations out on",
    "our slot: `activate` is a `launch`, `deactivate` an `exited`, `clear` an `exited` of kind `lost`, `cancel` a",
    "`halt`, `abort` a `force`, a beat in the channel a `heartbeat` at every look, `childReadiness` a `ready` or",
    "`not-ready`, and the two restart-limit operations a `limit`. A second `activate` is refused, as it must be;",
    "then the attempt in the way is reported as `lost`, and the case goes on. A `deactivate` of an empty slot",
    "changes nothing.",
    "",
    "After every operation every field of the source is compared, but where a rule says that the two mean",
    "different things:",
    "",
    "| what differs | why | comparisons |",
    "|---|---|---|",
    ...DIFFERENCES.map((one) => `| ${one.what} | ${one.why} | ${differs.get(one) ?? 0} |`),
    "",
    `${file.cases.length} cases: ${sum(same)} comparisons agree, ${sum(differs)} fall under a rule above. They agree on:`,
    `${agreed.map(([field, count]) => `${field} ${count}`).join(", ")}.`,
    "",
    "Whether a child counts towards a limit, and when its window forgets, is no business of the slot: see",
    "`restart_limit_tracker.json` where the windows are tested.",
    "",
  ].join("\n");
}
