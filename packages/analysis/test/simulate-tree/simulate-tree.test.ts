// What a simulated tree says, and that it is what `superviseTree` does.

import { backoff, constant } from "@steadfast/backoff";
import { giveUp } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervisionTree, type TreeOptions } from "@steadfast/supervision/tree";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree, type TreeChildSpec } from "@steadfast/supervisor/tree";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulateTree, type TreeLife, type TreeSimulation, timeline } from "../../src/index.js";

const delay = (delayMs: number) => backoff({ curve: constant({ delayMs }), jitter: "none" });
const restarts = (limit: number) =>
  giveUp(slidingWindow({ limit, windowMs: 1_000, counts: "restarts" }));

const told = ({ happened }: TreeSimulation) =>
  happened.flatMap(({ at, type, child }) =>
    type === "launched" ? [`${at} +${child}`] : type === "exited" ? [`${at} -${child}`] : [],
  );

const abc = [{ id: "a" }, { id: "b", policy: delay(500) }, { id: "c" }];

describe("simulateTree", () => {
  it("one-for-all, b delayed by 500, stops take 30: down at once in reverse, up when the delay is over", () => {
    const slow: TreeLife = { stopMs: 30 };
    const world = { children: { a: slow, b: { uptimeMs: [100] }, c: slow }, forMs: 2_000 };
    const run = simulateTree({ strategy: "one-for-all", children: abc }, world);
    expect(told(run).slice(3)).toEqual([
      "100 -b",
      "130 -c",
      "160 -a",
      "600 +a",
      "600 +b",
      "600 +c",
    ]);
    expect(run.children.a).toEqual({ launches: 2, failures: 0, uptimeMs: 160 + 1_400 });
    expect([run.end, run.untilMs, run.endedAt]).toEqual(["horizon", 2_000, null]);
  });

  it("says which child the tree ended for, and why", () => {
    const run = simulateTree(
      { budget: restarts(2), children: [{ id: "a" }, { id: "b" }] },
      { children: { b: { uptimeMs: 10 } } },
    );
    expect([run.end, run.why, run.child, run.endedAt]).toEqual(["refused", "window-full", "b", 30]);
    expect(run.happened.at(-1)).toEqual({ at: 30, child: "", type: "ended", outcome: "refused" });
  });

  it("lives go by path, then by the kind's path; those that are not named live forever", () => {
    const inner = supervisionTree({ children: [{ id: "w", replicas: 2 }] });
    const run = simulateTree(
      { children: [{ id: "in", tree: inner }] },
      { children: { "in/w": { uptimeMs: [20] }, "in/w.2": { uptimeMs: [30] } }, forMs: 100 },
    );
    expect(told(run).filter((word) => word.includes("-"))).toEqual(["20 -in/w.1", "30 -in/w.2"]);
  });

  it("an operator rolls, restarts, pauses and stops", () => {
    const run = simulateTree(
      { children: [{ id: "w", replicas: 2 }, { id: "x" }] },
      {
        orders: [
          { at: 10, order: "roll", child: "w" },
          { at: 20, order: "restart", child: "x" },
          { at: 30, order: "pause", child: "x" },
          { at: 40, order: "stop" },
        ],
      },
    );
    expect(told(run).slice(3)).toEqual([
      "10 -w.1",
      "10 +w.1",
      "10 -w.2",
      "10 +w.2",
      "20 -x",
      "20 +x",
      "30 -x",
      "40 -w.2",
      "40 -w.1",
    ]);
    expect(run.end).toBe("stopped");
  });

  it("ends at the most launches", () => {
    const run = simulateTree(
      { children: [{ id: "a" }] },
      { children: { a: { uptimeMs: 0 } }, maxLaunches: 5 },
    );
    expect([run.end, run.children.a?.launches]).toEqual(["max-launches", 5]);
  });

  it.each([
    [{ forMs: -1 }, "forMs"],
    [{ children: { a: { stopMs: -1 } } }, "stopMs"],
    [{ children: { a: { uptime: 3 } } }, "uptimeMs"],
    [{ orders: [{ at: 1, order: "roll" }] }, "child"],
    [{ orders: [{ at: 1, order: "reboot", child: "a" }] }, "order"],
  ])("refuses a wrong world by name: %j", (world, words) => {
    expect(() => simulateTree({ children: [{ id: "a" }] }, world as never)).toThrow(words);
  });
});

/** Whether two things that do not follow from each other fall on one instant: worlds may order them as they like. */
function hasTie({ happened }: TreeSimulation, stopMs: ReadonlyMap<string, number>): boolean {
  const causes = new Map<number, number>();
  const count = (at: number) => causes.set(at, (causes.get(at) ?? 0) + 1);
  for (const one of happened) {
    if (one.type === "delayed" && one.until > one.at) count(one.until);
    if (one.type !== "exited") continue;
    if (one.exit.kind !== "cancelled" || (stopMs.get(one.child) ?? 0) > 0) count(one.at);
  }
  return [...causes.values()].some((times) => times > 1);
}

describe("the same tree under superviseTree", () => {
  const strategies = fc.constantFrom("one-for-one", "one-for-all", "rest-for-one");
  const lives = fc.record({
    uptimeMs: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
    stopMs: fc.constantFrom(0, 0, 15, Number.POSITIVE_INFINITY),
  });
  const children = fc.array(
    fc.record({
      delayMs: fc.constantFrom(0, 0, 20, 45),
      life: lives,
      restart: fc.constantFrom("permanent", "transient", "temporary"),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it("has the same launches and exits at the same instants", async () => {
    let compared = 0;
    let groups = 0;
    const property = fc.asyncProperty(strategies, children, async (strategy, drawn) => {
      const name = (i: number) => `c${i}`;
      const specs = drawn.map(({ delayMs, restart }, i) => ({
        id: name(i),
        restart,
        policy: delay(delayMs),
        gracePeriodMs: 25,
      }));
      const rules = { strategy, budget: restarts(8) } as const;
      const world = Object.fromEntries(drawn.map(({ life }, i) => [name(i), life]));
      const run = simulateTree({ ...rules, children: specs } as TreeOptions, {
        children: world,
        forMs: 400,
      });
      const stops = new Map(drawn.map(({ life }, i) => [name(i), life.stopMs]));
      if (hasTie(run, stops)) return;
      compared++;

      const system = manualSystem();
      const events: string[] = [];
      const launched = specs.map((spec, i) => {
        const { uptimeMs, stopMs } = drawn[i]?.life ?? { uptimeMs: [], stopMs: 0 };
        const launcher = scriptedLauncher(system, (attempt) => {
          const runMs = uptimeMs[attempt - 1];
          const exit = { kind: "failed", code: 1 } as const;
          return { stopMs, ...(runMs === undefined ? {} : { runMs, exit }) };
        });
        return { ...spec, launcher } as TreeChildSpec;
      });
      superviseTree(
        { ...rules, children: launched },
        {
          onEvent({ type, at, id }) {
            if (type === "launched") events.push(`${at} +${id}`);
            if (type === "exited") events.push(`${at} -${id}`);
          },
        },
        system,
      );
      await system.advance(400);
      expect(events).toEqual(told(run));
      if (strategy !== "one-for-one" && run.happened.some(({ type }) => type === "delayed"))
        groups++;
    });
    await fc.assert(property, { seed: 7, numRuns: 300 });
    expect([compared > 100, groups > 30]).toEqual([true, true]);
  });
});

describe("timeline", () => {
  it("shows who is up, starting, asked to end, failed and down", () => {
    const run = simulateTree(
      {
        strategy: "rest-for-one",
        children: [{ id: "db" }, { id: "server", readiness: "explicit" }],
      },
      { children: { db: { uptimeMs: [40] }, server: { readyMs: 20, stopMs: 20 } }, forMs: 120 },
    );
    expect(timeline(run, { columns: 12 }).split("\n")).toEqual([
      "        0           120 ms",
      "db      ====x ======",
      "server    ==~~--====".replace("  ==", "--=="),
    ]);
  });

  it.each([
    [{ columns: 9 }, "columns"],
    [{ fromMs: 5, toMs: 5 }, "toMs"],
  ])("refuses %j", (options, words) => {
    const run = simulateTree({ children: [{ id: "a" }] }, { forMs: 10 });
    expect(() => timeline(run, options)).toThrow(words);
  });
});
