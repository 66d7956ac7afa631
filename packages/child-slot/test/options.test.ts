import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type ChildSlotOptions, childSlot } from "../src/index.js";

const WHOLE = "a whole number from 0 to 9007199254740991";
const TIMES = [
  "readyTimeoutMs",
  "healthyAfterMs",
  "heartbeatTimeoutMs",
  "maxRunMs",
  "gracePeriodMs",
  "abandonAfterMs",
] as const;

const bad: readonly (readonly [options: unknown, message: string])[] = [
  [undefined, "options must be an object, got undefined"],
  [null, "options must be an object, got null"],
  ["worker", 'options must be an object, got "worker"'],
  [{}, "id must be a text, not blank, got undefined"],
  [{ id: "" }, 'id must be a text, not blank, got ""'],
  [{ id: 7 }, "id must be a text, not blank, got 7"],
  [{ id: "a", path: "" }, 'path must be a text, not blank, got ""'],
  [{ id: "a", path: null }, "path must be a text, not blank, got null"],
  [{ id: "a", readiness: "lazy" }, 'readiness must be one of immediate, explicit, got "lazy"'],
  [{ id: "a", healthyFrom: "exit" }, 'healthyFrom must be one of launch, ready, got "exit"'],
  [{ id: "a", healthyFrom: null }, "healthyFrom must be one of launch, ready, got null"],
  ...TIMES.flatMap((time) =>
    [Number.NaN, -1, 0.5, Number.NEGATIVE_INFINITY, 2 ** 53, null].map(
      (value) =>
        [
          { id: "a", readiness: "explicit", [time]: value },
          `${time} must be ${WHOLE}, got ${value}`,
        ] as const,
    ),
  ),
  [{ id: "a", gracePeriodMs: "5s" }, `gracePeriodMs must be ${WHOLE}, got "5s"`],
  [
    { id: "a", readyTimeoutMs: 5 },
    'readyTimeoutMs must be left out unless readiness is "explicit", got 5',
  ],
  [{ id: "a", gracePeriod: 5 }, "unknown option gracePeriod (did you mean gracePeriodMs?)"],
];

describe("childSlot", () => {
  it.each(bad)("refuses %j", (options, message) => {
    let thrown: unknown;
    try {
      childSlot(options as ChildSlotOptions);
    } catch (error) {
      thrown = error;
    }
    expect(isPolicyOptionsError(thrown) && thrown.message).toBe(`childSlot: ${message}`);
  });

  it("reads Infinity as the longest time there is, which never comes", () => {
    const never = Object.fromEntries(TIMES.map((time) => [time, Number.POSITIVE_INFINITY]));
    const options = { id: "a", readiness: "explicit", ...never } as const;
    const longest = Object.fromEntries(TIMES.map((time) => [time, Number.MAX_SAFE_INTEGER]));
    expect(childSlot(options).describe.options).toMatchObject(longest);
  });

  it("names another owner of the options", () => {
    const options = { id: "a", gracePeriod: 5 } as ChildSlotOptions;
    expect(() => childSlot(options, "supervise")).toThrow("supervise: unknown option gracePeriod");
  });

  it("describes itself with its defaults filled in", () => {
    expect(childSlot({ id: "worker" })).toMatchObject({
      name: "childSlot(worker)",
      describe: {
        kind: "childSlot",
        options: {
          id: "worker",
          path: "/worker",
          readiness: "immediate",
          readyTimeoutMs: null,
          healthyAfterMs: 10_000,
          heartbeatTimeoutMs: null,
          healthyFrom: "launch",
          maxRunMs: null,
          gracePeriodMs: 5_000,
          abandonAfterMs: 5_000,
        },
        timesMs: [10_000, 5_000, 5_000],
      },
    });
  });

  it("takes 0 and the largest whole number for every time, and -0 for 0", () => {
    for (const time of [0, -0, Number.MAX_SAFE_INTEGER]) {
      const times = Object.fromEntries(TIMES.map((name) => [name, time]));
      const slot = childSlot({ id: "a", readiness: "explicit", ...times });
      for (const name of TIMES) expect(slot.describe.options[name]).toBe(time + 0);
      expect(slot.describe.timesMs).toHaveLength(TIMES.length);
    }
  });

  it("takes nothing along from the caller's object", () => {
    const options = { id: "a", gracePeriodMs: 1 };
    const slot = childSlot(options);
    options.gracePeriodMs = 99;
    expect(slot.describe.options.gracePeriodMs).toBe(1);
  });

  it("starts every slot in the same empty state", () => {
    expect(childSlot({ id: "a" }).initial()).toStrictEqual({
      intent: "active",
      open: true,
      generation: -1,
      attempt: 0,
      restarts: 0,
      lastExit: null,
      restartLimit: null,
      phase: { status: "stopped" },
    });
  });
});
