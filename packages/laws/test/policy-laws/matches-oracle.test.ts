// A dumb twin sees what contract laws cannot: the seven faults that a law kit must catch, each with what
// sees it.

import {
  isPolicyOptionsError,
  launch,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import {
  isLawsBrokenError,
  matchesOracle,
  type PolicyTwin,
  policyReport,
} from "../../src/index.js";
import { LIMIT, plainWindow, type Stamps, WINDOW_MS, windowAsked } from "./plain-policies.js";

/** Every launch ever, in a list; every question answered by looking through all of it. */
const twin: PolicyTwin<number[]> = {
  initial: () => [],
  step(launches, event: RestartEvent, now): readonly [number[], RestartDecision] {
    if (event.type === "reset") return [[], noted];
    if (event.type !== "launch") return [launches, noted];
    const held = launches.filter((at) => now - at < WINDOW_MS);
    if (held.length < LIMIT) return [[...launches, now], launch()];
    return [launches, refuse("window-full", (held[0] ?? 0) + WINDOW_MS - now)];
  },
};

function failureOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (!isLawsBrokenError(error)) throw error;
    const [result] = error.report.results;
    if (result?.verdict === "failed") return { ...result, message: error.message };
  }
  return null;
}

const found = (policy: RestartPolicy, other: PolicyTwin<number[]> = twin): readonly string[] => {
  const laws = policyReport(policy).results.filter(({ verdict }) => verdict === "failed");
  return [
    ...laws.map(({ law }) => law),
    ...(failureOf(() => matchesOracle(policy, other)) ? ["matches-oracle"] : []),
  ];
};

describe("a policy and its twin", () => {
  const right = [plainWindow(), slidingWindow({ limit: LIMIT, windowMs: WINDOW_MS })];

  it.each<RestartPolicy>(right)("agree: $name", (policy) => {
    const report = matchesOracle(policy, twin);
    expect(report.passed).toEqual(["matches-oracle"]);
    expect(report.text).toContain("a refusal");
  });

  it("a difference is shown side by side, with a test to paste, and can be kept", () => {
    const policy = plainWindow({ launch: (state, _, now) => windowAsked(state, now, LIMIT + 1) });
    const failure = failureOf(() => matchesOracle(policy, twin));
    expect(failure?.table.split("\n").at(0)?.trim().split(/ +/)).toEqual([
      "#",
      "now",
      "event",
      "policy",
      "twin",
    ]);
    expect(failure?.table).toContain("refuse window-full, again in 1000");
    expect(failure?.message).toContain(
      'matchesOracle(policy, twin, { regressions: [{ law: "matches-oracle", input: [',
    );
    const input: unknown = JSON.parse(JSON.stringify(failure?.input));
    const regressions = [{ law: "matches-oracle", input }];
    expect(failureOf(() => matchesOracle(policy, twin, { runs: 1, regressions }))).toMatchObject({
      input,
      replay: null,
    });
  });

  it("states are compared by `also`", () => {
    const counts = (policy: Stamps, launches: number[], now: number) => {
      const held = launches.filter((at) => now - at < WINDOW_MS).length;
      if (policy.stamps.filter((at) => now - at < WINDOW_MS).length !== held) {
        throw new Error(`${held} are held`);
      }
    };
    expect(matchesOracle(plainWindow(), twin, { also: counts }).passed).toHaveLength(1);
    const forgetful = plainWindow({ healthy: () => ({ stamps: [] }) });
    const failure = failureOf(() => matchesOracle(forgetful, twin, { also: counts }));
    expect(failure?.why).toMatch(/^at #\d+: \d are held$/);
  });

  it("a twin that throws is a failure, as is one that is asked about what it never sees", () => {
    const broken: PolicyTwin<null> = {
      initial: () => null,
      step: () => {
        throw new Error("no");
      },
    };
    expect(failureOf(() => matchesOracle(plainWindow(), broken, { runs: 5 }))?.why).toBe(
      "at #1: no",
    );
  });

  it("options are checked", () => {
    const bad = () => matchesOracle(plainWindow(), twin, { timesMs: [0] });
    expect(bad).toThrow(expect.toSatisfy(isPolicyOptionsError));
    expect(() => matchesOracle(plainWindow(), twin, { only: ["x"] })).toThrow(/only/);
  });
});

interface Lasting extends Stamps {
  readonly lastAt: number | null;
}

const lasting = (lastAt: number | null): RestartPolicy<Lasting> =>
  restartPolicy<Lasting>({
    name: "lasting",
    describe: plainWindow().describe,
    initial: () => ({ stamps: [], lastAt }),
    launch(state, _, now) {
      const [{ stamps }, answer] = windowAsked(state, now);
      if (answer.type === "refuse") return [state, answer];
      return [{ stamps, lastAt: now }, answer];
    },
  });

/** Refuses a restart after LIMIT failures in WINDOW_MS; `prune` forgets, when it is asked. */
const failures = (
  prune: (stamps: readonly number[], now: number) => readonly number[],
): RestartPolicy<Stamps> =>
  plainWindow({
    name: "failures",
    describe: { windowMs: WINDOW_MS, timesMs: [WINDOW_MS] },
    exited: (state, { failed }, now) => (failed ? { stamps: [...state.stamps, now] } : state),
    launch(state, { cause }, now) {
      const stamps = prune(state.stamps, now);
      const kept = stamps.length === state.stamps.length ? state : { stamps };
      if (cause !== "restart" || stamps.length < LIMIT) return [kept, launch()];
      const oldest = stamps.at(-LIMIT) ?? now;
      return [kept, refuse("window-full", Math.max(1, WINDOW_MS - Math.max(0, now - oldest)))];
    },
  });

const failuresTwin: PolicyTwin<number[]> = {
  initial: () => [],
  step(exits, event, now) {
    if (event.type === "reset") return [[], noted];
    if (event.type === "exited") return [event.failed ? [...exits, now] : exits, noted];
    if (event.type !== "launch") return [exits, noted];
    const held = exits.filter((at) => now - at < WINDOW_MS);
    if (event.cause !== "restart" || held.length < LIMIT) return [exits, launch()];
    return [exits, refuse("window-full", (held.at(-LIMIT) ?? 0) + WINDOW_MS - now)];
  },
};

describe("what a law kit must catch", () => {
  it.each<[string, RestartPolicy, string[]]>([
    [
      "a closed boundary",
      plainWindow({
        launch(state, _, now) {
          const stamps = state.stamps.filter((at) => now - at <= WINDOW_MS);
          if (stamps.length < LIMIT) return [{ stamps: [...stamps, now] }, launch()];
          return [state, refuse("window-full", Math.max(1, (stamps[0] ?? 0) + WINDOW_MS - now))];
        },
      }),
      ["retry-after-exact", "matches-oracle"],
    ],
    [
      "an old state that is edited in place",
      plainWindow({
        launch(state, _, now) {
          const [next, answer] = windowAsked(state, now);
          (state.stamps as number[]).splice(0, state.stamps.length, ...next.stamps);
          return [state, answer];
        },
      }),
      ["never-mutates"],
    ],
    [
      "a clock of its own",
      plainWindow({ launch: (state) => windowAsked(state, Date.now()) }),
      ["deterministic", "matches-oracle"],
    ],
    [
      "no rule for time that goes back",
      plainWindow({
        launch(state, _, now) {
          const [next, answer] = windowAsked(state, now);
          if (answer.type !== "refuse") return [next, answer];
          return [
            next,
            refuse("window-full", Math.max(1, (state.stamps[0] ?? 0) + WINDOW_MS - now)),
          ];
        },
      }),
      ["backwards-is-standing-still"],
    ],
    ["-Infinity in the initial state", lasting(-Infinity), ["json-safe"]],
    [
      "one more than the limit, which is not declared",
      plainWindow({
        describe: { timesMs: [WINDOW_MS] },
        launch: (state, _, now) => windowAsked(state, now, LIMIT + 1),
      }),
      ["matches-oracle"],
    ],
    [
      "one old entry at most is forgotten at a time",
      failures((stamps, now) => {
        const [oldest = now] = stamps;
        return now - oldest >= WINDOW_MS ? stamps.slice(1) : stamps;
      }),
      ["old-events-forgotten", "matches-oracle"],
    ],
  ])("%s", (_, policy, seenBy) => {
    const other = policy.name === "failures" ? failuresTwin : twin;
    expect(found(policy, other)).toEqual(expect.arrayContaining(seenBy));
  });

  it("and none of it is seen where there is none", () => {
    expect(found(plainWindow())).toEqual([]);
    const live = (stamps: readonly number[], now: number) =>
      stamps.filter((at) => Math.max(0, now - at) < WINDOW_MS);
    expect(found(failures(live), failuresTwin)).toEqual([]);
  });
});
