// The laws of the whole algebra, on compositions of compositions: whatever was put together keeps the
// contract that its parts keep.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  allOf,
  coarse,
  decisionFault,
  giveUp,
  giveUpOn,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  stopWhen,
} from "../src/index.js";
import { steadyMember, unsteadyMember, waitingMember } from "./members.js";
import { backoff, slidingWindow } from "./sample-policies.js";
import { decisionsOf, frozen, type Happening, restart, tell, traces } from "./traces.js";

/** Our own policies without options that scale with time. */
const ours: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc.constantFrom<RestartPolicy>(
    restartOn("permanent"),
    restartOn("transient"),
    stopWhen((exit, ordinal) => exit.kind === "completed" && ordinal > 2),
    giveUpOn((exit) => exit.kind === "spawn-failed"),
  ),
  fc.nat(6).map((restarts): RestartPolicy => lifetimeCap({ restarts })),
);

/** Policies whose delays are instants in disguise. */
const punctual: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc.nat(40).map((initialMs): RestartPolicy => backoff({ initialMs, capMs: 60 })),
  fc
    .record({ limit: fc.integer({ min: 1, max: 3 }), windowMs: fc.nat(60) })
    .map((options): RestartPolicy => slidingWindow(options)),
  ours,
);

function compositions(part: fc.Arbitrary<RestartPolicy>): fc.Arbitrary<RestartPolicy> {
  return fc.letrec<{ policy: RestartPolicy }>((tie) => ({
    policy: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      part,
      fc.array(tie("policy"), { maxLength: 3 }).map((members) => allOf(...members)),
      fc.tuple(tie("policy"), tie("policy")).map(([a, b]) => inTurn(a, b)),
      tie("policy").map((policy) => giveUp(policy)),
      fc
        .tuple(tie("policy"), fc.integer({ min: 1, max: 9 }))
        .map(([policy, unit]) => coarse(policy, unit)),
    ),
  })).policy;
}

/** A composition that is one, and a trace for it. */
const stories = (part: fc.Arbitrary<RestartPolicy>) =>
  compositions(part)
    .filter(({ describe: { members = [] } }) => members.length > 0)
    .chain((policy) =>
      fc.tuple(
        fc
          .constant(policy)
          .map((each) => Object.assign({ ...each }, { [fc.toStringMethod]: () => each.name })),
        traces([1, ...policy.describe.timesMs], 12),
      ),
    );

const anyPart = fc.oneof(steadyMember, unsteadyMember, ours);
const steadyPart = fc.oneof(steadyMember, ours);

const refused = (policy: RestartPolicy, trace: readonly Happening[]) =>
  decisionsOf(tell(policy, trace)).some(({ type }) => type === "refuse");

describe("every composition", () => {
  it("is total, deterministic, and breaks no contract; it changes nothing that it was given", () => {
    often(stories(anyPart), ([policy, trace]) => {
      for (const { event, now, before, after, decision } of tell(policy, trace)) {
        expect(decisionFault(event, decision)).toBeNull();
        expect(policy.step(before, frozen(event), now)).toStrictEqual([after, decision]);
      }
      return refused(policy, trace);
    });
  });

  it("has states that are plain JSON and survive it", () => {
    often(stories(anyPart), ([policy, trace]) => {
      for (const { event, now, before, after, decision } of tell(policy, trace)) {
        expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
        const thawed = frozen(JSON.parse(JSON.stringify(before)));
        expect(policy.step(thawed, event, now)).toStrictEqual([after, decision]);
      }
      return refused(policy, trace);
    });
  });

  it("gives back the same reference when nothing changed", () => {
    let quiet = 0;
    often(stories(anyPart), ([policy, trace]) => {
      for (const { before, after } of tell(policy, trace)) {
        if (JSON.stringify(before) !== JSON.stringify(after)) continue;
        expect(after).toBe(before);
        quiet++;
      }
      return refused(policy, trace);
    });
    expect(quiet).toBeGreaterThan(100);
  });

  it("describes itself as plain JSON, with every duration of its members", () => {
    often(stories(anyPart), ([{ describe: described }]) => {
      expect(JSON.parse(JSON.stringify(described))).toStrictEqual(described);
      for (const { timesMs } of described.members ?? []) {
        expect(described.timesMs).toEqual(expect.arrayContaining([...timesMs]));
      }
      return (described.members?.length ?? 0) > 1;
    });
  });

  it("is not troubled by a clock that goes back", () => {
    often(stories(anyPart), ([policy, trace]) => {
      let state = policy.initial();
      let now = 1_000;
      for (const { gapMs, event } of trace) {
        now += gapMs;
        const [next, decision] = policy.step(state, event, now);
        expect(decisionFault(event, decision)).toBeNull();
        state = frozen(next);
      }
      return trace.some(({ gapMs }) => gapMs < 0);
    });
  });

  it("says the same at any time of day: only distances count", () => {
    often(stories(punctual), ([policy, trace]) => {
      const decided = decisionsOf(tell(policy, trace));
      // A multiple of every unit of coarse time here, 1 to 9.
      expect(decisionsOf(tell(policy, trace, 2_520 * 1_000_000))).toStrictEqual(decided);
      return decided.some(({ type }) => type === "refuse");
    });
  });
});

describe("every composition of steady policies", () => {
  it("has exact hints: refused one millisecond sooner, launched at it", () => {
    often(stories(fc.oneof(waitingMember, waitingMember, steadyPart)), ([policy, trace]) => {
      let waited = false;
      for (const { event, now, after, decision } of tell(policy, trace)) {
        if (event.type !== "launch" || decision.type !== "refuse") continue;
        const wait = decision.retryAfterMs;
        if (wait === null) continue;
        const answerAfter = (ms: number) =>
          policy.step(after, { ...event, wall: event.wall + ms }, now + ms)[1].type;
        expect(answerAfter(wait - 1)).toBe("refuse");
        expect(answerAfter(wait)).toBe("launch");
        waited = true;
      }
      return waited;
    });
  });

  it("stays willing once it is, until an event", () => {
    often(stories(steadyPart), ([policy, trace]) => {
      let willing = false;
      for (const { event, now, before, decision } of tell(policy, trace)) {
        if (event.type !== "launch" || decision.type !== "launch") continue;
        for (const ms of [1, 2, 9, 40, 1_000]) {
          expect(policy.step(before, event, now + ms)[1].type).toBe("launch");
        }
        willing = true;
      }
      return willing;
    });
  });
});

describe("every composition of policies whose delays run from the exit", () => {
  it("delays until an instant: asked x later, x less", () => {
    often(stories(punctual), ([policy, trace]) => {
      let delayed = false;
      for (const { event, now, before, decision } of tell(policy, trace)) {
        if (event.type !== "launch" || decision.type !== "launch") continue;
        for (const x of [1, 3, 20, 45, 1_000]) {
          const [, later] = policy.step(before, event, now + x);
          const left = Math.max(0, decision.delayMs - x);
          expect(later).toStrictEqual({ type: "launch", delayMs: left });
        }
        delayed ||= decision.delayMs > 0;
      }
      return delayed;
    });
  });

  /** Long enough for everything here to be forgotten. */
  const silence: Happening = { gapMs: 200, event: { type: "healthy" } };

  it("when idle, answers everything as a fresh one would", () => {
    const parts = compositions(punctual).chain((policy) =>
      fc.tuple(fc.constant(policy), traces([20, 60], 10), traces([20, 60], 10)),
    );
    often(parts, ([policy, trace, sequel]) => {
      let remembered = false;
      for (const { after, now } of tell(policy, [...trace, silence])) {
        if (!policy.idle?.(after, now)) continue;
        remembered ||= JSON.stringify(after) !== JSON.stringify(policy.initial());
        const kept = tell({ ...policy, initial: () => after }, sequel, now);
        expect(decisionsOf(kept)).toStrictEqual(decisionsOf(tell(policy, sequel, now)));
      }
      return remembered;
    });
  });
});

describe("a reset", () => {
  it("makes every composition decide as a fresh one", () => {
    often(stories(punctual), ([policy, trace]) => {
      const reset: Happening = { gapMs: 0, event: { type: "reset" } };
      const moments = tell(policy, [...trace, reset]);
      const { now = 0, after = policy.initial() } = moments.at(-1) ?? {};
      const forgiven = tell({ ...policy, initial: () => after }, trace, now);
      expect(decisionsOf(forgiven)).toStrictEqual(decisionsOf(tell(policy, trace, now)));
      return policy.step(after, restart, now)[1].type === "launch" && refused(policy, trace);
    });
  });
});
