import { describe, expect, expectTypeOf, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  type Exit,
  type ExitedEvent,
  isPolicyOptionsError,
  isPolicyStateError,
  launch,
  type RestartDecision,
  type RestartEvent,
  type RestartOnState,
  type RestartPolicy,
  type RestartType,
  refuse,
  restartOn,
} from "../src/index.js";
import { crash, operator, restart, start, tell, traces, wellEnded } from "./traces.js";

const types: readonly RestartType[] = ["permanent", "transient", "temporary"];
const yes = launch();
const no = refuse("not-wanted", null);

const ended = (exit: Exit, failed: boolean): ExitedEvent => ({ ...crash, exit, failed });
const lost = ended({ kind: "lost" }, false);
const lostAndFailed = ended({ kind: "lost" }, true);
const cancelled = ended({ kind: "cancelled" }, false);
const forgivenCrash = ended({ kind: "failed", code: 1 }, false);
const reset: RestartEvent = { type: "reset" };

/** The last answer to a story, by each type. */
const table: readonly [string, readonly RestartEvent[], readonly RestartDecision[]][] = [
  ["start on a fresh state passes", [start], [yes, yes, yes]],
  ["operator on a fresh state passes", [operator], [yes, yes, yes]],
  ["nothing has exited: only temporary says no", [restart], [yes, yes, no]],
  ["a failure is wanted back", [start, crash, restart], [yes, yes, no]],
  ["a good end is not", [start, wellEnded, restart], [yes, no, no]],
  ["nor one that was asked for", [start, cancelled, restart], [yes, no, no]],
  ["the verdict counts, not the kind", [start, forgivenCrash, restart], [yes, no, no]],
  ["lost did not end well", [start, lost, restart], [yes, yes, no]],
  ["lost that was judged a failure", [start, lostAndFailed, restart], [yes, yes, no]],
  ["an operator is not asked about exits", [start, wellEnded, operator], [yes, yes, yes]],
  ["nor is a start", [start, wellEnded, start], [yes, yes, yes]],
  ["asked twice, it says the same", [start, wellEnded, restart, restart], [yes, no, no]],
  ["the last exit counts: well", [start, crash, wellEnded, restart], [yes, no, no]],
  ["the last exit counts: badly", [start, wellEnded, crash, restart], [yes, yes, no]],
  ["an admitted launch forgets", [start, wellEnded, operator, restart], [yes, yes, no]],
  ["a reset forgets", [start, wellEnded, reset, restart], [yes, yes, no]],
  ["health changes nothing", [start, wellEnded, { type: "healthy" }, restart], [yes, no, no]],
];

describe.each(types.map((type, i) => [type, i] as const))("restartOn(%s)", (type, column) => {
  it.each(table)("%s", (_, story, answers) => {
    const policy = restartOn(type);
    let state = policy.initial();
    let last: RestartDecision | undefined;
    for (const event of story) [state, last] = policy.step(state, event, 0);
    expect(last).toStrictEqual(answers[column]);
  });

  it("is idle unless there is an exit to be judged", () => {
    const policy = restartOn(type);
    const idle = tell(
      policy,
      [start, wellEnded, restart, start].map((event) => ({ gapMs: 0, event })),
    ).map(({ after, now }) => policy.idle?.(after, now));
    expect(idle).toEqual([true, false, type === "permanent", true]);
  });

  it("reads back what it wrote, whatever the type it was written under", () => {
    const policy = restartOn(type);
    for (const last of ["failed", "ended", "lost", null] as const) {
      expect(policy.parse(JSON.parse(JSON.stringify({ last })), 0)).toStrictEqual({ last });
    }
  });

  it.each([undefined, null, 5, [], {}, { last: "well" }, { last: undefined }])(
    "does not read %j",
    (raw) => {
      expect(() => restartOn(type).parse(raw, 0)).toThrow(expect.toSatisfy(isPolicyStateError));
    },
  );

  it("changes nothing without a reason, and never delays", () => {
    often(traces([10]), (trace) => {
      const moments = tell(restartOn(type), trace);
      for (const { before, after, decision } of moments) {
        if (JSON.stringify(before) === JSON.stringify(after)) expect(after).toBe(before);
        if (decision.type === "launch") expect(decision.delayMs).toBe(0);
        if (decision.type === "refuse") expect(decision).toStrictEqual(no);
      }
      return type === "permanent" || moments.some(({ decision }) => decision.type === "refuse");
    });
  });
});

it("gives the same reference back to a launch that changes nothing", () => {
  const thawed: RestartOnState = { last: null };
  expect(restartOn("permanent").step(thawed, restart, 0)[0]).toBe(thawed);
});

it.each(["always", "", "Permanent", undefined, null, 5, ["permanent"]])(
  "refuses the type %j",
  (type) => {
    expect(() => restartOn(type as RestartType)).toThrow(
      expect.toSatisfy(
        (error) =>
          isPolicyOptionsError(error) &&
          error.message.startsWith(
            "restartOn: type must be one of permanent, transient, temporary, got ",
          ),
      ),
    );
  },
);

it("describes itself, and has its type", () => {
  expect(restartOn("transient").describe).toStrictEqual({
    kind: "restartOn",
    options: { type: "transient" },
    timesMs: [],
  });
  expectTypeOf(restartOn("transient")).toEqualTypeOf<RestartPolicy<RestartOnState>>();
  // @ts-expect-error: not a restart type
  expect(() => restartOn("on-failure")).toThrow();
});
