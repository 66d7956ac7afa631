// The entry: what is not run, and why; options; what a report and an error say.

import { backoff } from "@steadfast/backoff";
import { coarse, launch, noted, type RestartPolicy, restartPolicy } from "@steadfast/policy";
import { describe, expect, it, vi } from "vitest";
import {
  checkPolicy,
  isLawsBrokenError,
  type PolicyCheckOptions,
  policyLaws,
  policyReport,
} from "../../src/index.js";
import { inAnotherWorld } from "../../src/policy-laws/other-world.js";
import { plainPause, plainWindow, WINDOW_MS } from "./plain-policies.js";

const names = policyLaws(plainWindow()).map(({ name }) => name);

/** What a JavaScript user may leave out. */
function without(policy: object, ...keys: string[]): RestartPolicy {
  return Object.fromEntries(
    Object.entries(policy).filter(([key]) => !keys.includes(key)),
  ) as unknown as RestartPolicy;
}

describe("what cannot be tried is not run, with the reason, and has not passed", () => {
  it.each<[string, RestartPolicy, { readonly [law: string]: string }]>([
    [
      "no `parse`",
      without(plainWindow(), "parse"),
      {
        "survives-json": "it has no `parse`",
        "parse-pulls-back": "it has no `parse`",
        "parse-rejects-junk": "it has no `parse`",
      },
    ],
    [
      "no `describe`",
      without(plainWindow(), "describe"),
      {
        "describes-itself": "it has no `describe`",
        "rate-bound": "it declares no limit with a windowMs",
        "limit-is-real": "it declares no limit with a windowMs",
        "old-events-forgotten": "it declares no windowMs",
        "within-cap": "it declares no capMs",
        "spread-at-cap": "it declares no capMs above 0",
      },
    ],
    ["no `idle`", without(plainWindow(), "idle"), { "idle-is-honest": "it has no `idle`" }],
    [
      "nothing that it ever does",
      restartPolicy({ name: "always", launch: (state) => [state, launch()] }),
      {
        "retry-after-exact": "it never refused for a time in 200 scripts",
        "never-means-never": "it never refused for good in 200 scripts",
        "refusal-costs-nothing": "it never refused in 200 scripts",
        "asked-later-is-shorter": "it never delayed a launch in 200 scripts",
        "delay-finite": "it never delayed a launch in 200 scripts",
        "healthy-resets": "`healthy` changes no answer in 200 scripts",
        "unit-free": "`scaled` was not given",
        "every-option-matters": "no `variants` were given",
        "state-of-other-options": "no `variants` were given",
      },
    ],
    [
      "a limit that no script reaches",
      plainWindow({ describe: { limit: 5_000, windowMs: 10, timesMs: [10] } }),
      {
        "rate-bound":
          "a limit of 5000 is beyond the reach of a script (1000): try it with a smaller one",
      },
    ],
  ])("%s", (_, policy, reasons) => {
    const { notRun, passed, results } = policyReport(policy, { only: Object.keys(reasons) });
    expect(notRun).toMatchObject(reasons);
    expect(passed.filter((law) => law in reasons)).toEqual([]);
    expect(results.map(({ law }) => law)).toEqual(names);
  });

  it("spread-at-cap: a delay of 0 is no cap, also where the cap is 1 ms", () => {
    const delays = backoff({ initialMs: 1, factor: 1, capMs: 1_000, jitter: "equal" });
    const only = ["spread-at-cap"];
    for (const policy of [delays, coarse(coarse(delays, 1), 1_000)]) {
      expect(checkPolicy(policy, { only, seed: 3 }).passed).toEqual(only);
    }
  });

  it("a policy without `describe`, `parse` and `idle` is checked by the rest", () => {
    const bare = without(plainWindow(), "describe", "parse", "idle");
    const { passed } = checkPolicy(bare, { timesMs: [WINDOW_MS] });
    expect(passed).toEqual(expect.arrayContaining(["deterministic", "total", "retry-after-exact"]));
  });
});

describe("a case that is too rare fails: a law that was not put to the test has not passed", () => {
  it("where there are too few runs to meet it", () => {
    const { results } = policyReport(plainWindow(), { only: ["rate-bound"], runs: 1, seed: 4 });
    const rare = Array.from({ length: 30 }, (_, seed) =>
      policyReport(plainWindow(), { only: ["retry-after-exact"], runs: 1, seed }),
    ).flatMap((report) => report.results.filter(({ verdict }) => verdict === "failed"));
    expect(results).toHaveLength(names.length);
    expect(rare.length).toBeGreaterThan(0);
    for (const result of rare) {
      expect(result).toMatchObject({
        vacuous: true,
        why: expect.stringContaining('"a wait" in 0'),
      });
    }
  });
});

describe("policyLaws", () => {
  it("is a case for each law, with stable names and a sentence", () => {
    expect(names).toEqual([...new Set(names)]);
    expect(names.every((name) => /^[a-z]+(-[a-z]+)*$/.test(name))).toBe(true);
    for (const { says, run } of policyLaws(plainPause(), { runs: 50 })) {
      expect(says.length).toBeGreaterThan(20);
      expect(run().verdict).not.toBe("failed");
    }
  });

  it("a case throws if its law is broken, and that law alone", () => {
    const laws = policyLaws(plainWindow({ exited: (state) => ({ ...state }) }));
    const broken = laws.filter(({ run }) => {
      try {
        run();
        return false;
      } catch (error) {
        return isLawsBrokenError(error);
      }
    });
    expect(broken.map(({ name }) => name)).toEqual(["quiet-means-same"]);
  });
});

describe("options", () => {
  it.each<[string, PolicyCheckOptions]>([
    ["timesMs", { timesMs: [0] }],
    ["timesMs", { timesMs: [1.5] }],
    ["scaled", { scaled: 5 as never }],
    ["variants.limit", { variants: { limit: {} as never } }],
    ["only", { only: ["retryAfterExact"] }],
    ["runs", { runs: 0 }],
  ])("%s is checked", (option, options) => {
    expect(() => checkPolicy(plainWindow(), options)).toThrow(`checkPolicy: ${option} must be`);
    expect(() => policyLaws(plainWindow(), options)).toThrow(`policyLaws: ${option} must be`);
  });

  it.each([undefined, null, {}, { step: () => [] }])("a policy has to be one: %o", (policy) => {
    expect(() => checkPolicy(policy as never)).toThrow(
      "checkPolicy: policy must be a restart policy",
    );
  });

  it("skip: a law that does not hold by design is not run, for the reason given", () => {
    const copying = plainWindow({ exited: (state) => ({ ...state }) });
    const { notRun } = checkPolicy(copying, { skip: { "quiet-means-same": "it copies" } });
    expect(notRun["quiet-means-same"]).toBe("it copies");
  });

  it("timesMs: durations that a policy does not tell are looked at", () => {
    const secret = restartPolicy<{ readonly at: number | null }>({
      name: "secret",
      initial: () => ({ at: null }),
      exited: (_, __, now) => ({ at: now }),
      launch: (state, { cause }, now) => {
        const due = cause === "restart" && state.at !== null && now - state.at === 777_000;
        if (due) throw new Error("777 000 ms after an exit");
        return [state, launch()];
      },
    });
    // It is one instant: that it is met by chance takes more runs than usual.
    const often = { only: ["decisions-without-fault"], runs: 1_000 };
    expect(() => checkPolicy(secret, often)).not.toThrow();
    expect(() => checkPolicy(secret, { ...often, timesMs: [777_000] })).toThrow(/777 000/);
  });
});

describe("a policy that throws, or answers what is no decision", () => {
  it.each<[string, RestartPolicy]>([
    ["throws", { ...plainWindow(), step: () => expect.fail("always") }],
    ["answers nothing", { ...plainWindow(), step: () => undefined as never }],
    ["answers undefined", { ...plainWindow(), step: (state) => [state, undefined as never] }],
    ["answers facts only", { ...plainWindow(), step: (state) => [state, noted] }],
  ])("%s: is told what fails, and nothing else is thrown", (_, policy) => {
    const { results } = policyReport(policy, { runs: 20 });
    const failed = results.filter(({ verdict }) => verdict === "failed").map(({ law }) => law);
    expect(failed).toEqual(expect.arrayContaining(["decisions-without-fault", "total"]));
  });
});

describe("the machine's clocks", () => {
  it("are put back, also if something throws in between", () => {
    const before = [Date, Date.now, performance.now, Math.random, process.hrtime] as const;
    expect(inAnotherWorld(() => [Date.now(), Math.random()])).toEqual([4_102_444_812_345, 0.42]);
    expect(() => inAnotherWorld(() => expect.fail("no"))).toThrow();
    const after = [Date, Date.now, performance.now, Math.random, process.hrtime];
    expect(after.map((part, i) => part === before[i])).toEqual(after.map(() => true));
    expect(Object.hasOwn(performance, "now")).toBe(false);
  });

  it("read as those of another time, place and chance, however they are read", () => {
    const at = 1_700_000_000_000;
    const read = () => [
      Date.now(),
      new Date().toISOString(),
      Date(),
      new Date(at).getHours(),
      new Date(at).getTimezoneOffset(),
      new Date(at).toString(),
      new Date(at).toLocaleTimeString(),
      new Date(new Date(at).setHours(0, 0, 0, 0)).getTime(),
      new Date(2024, 1, 2).getTime(),
      performance.now(),
      Math.random(),
      crypto.randomUUID(),
      crypto.getRandomValues(new Uint8Array(8)).join(),
      process.hrtime.bigint(),
      process.uptime(),
    ];
    const here = read();
    const there = inAnotherWorld(read);
    expect(there).toEqual(inAnotherWorld(read));
    expect(there.map((part, i) => part === here[i])).toEqual(there.map(() => false));
  });

  it("leave alone what an instant is that a policy was told", () => {
    const told = () => [
      new Date(1_700_000_000_000).getTime(),
      new Date(1_700_000_000_000).getUTCHours(),
      new Date(1_700_000_000_000).toISOString(),
      Date.UTC(2024, 1, 2),
      new Date() instanceof Date,
    ];
    expect(inAnotherWorld(told)).toEqual(told());
  });

  it("are not insisted on where they cannot be replaced", () => {
    const frozen = vi.spyOn(Reflect, "defineProperty").mockReturnValue(false);
    try {
      expect(inAnotherWorld(() => Math.random())).not.toBe(0.42);
    } finally {
      frozen.mockRestore();
    }
  });
});
