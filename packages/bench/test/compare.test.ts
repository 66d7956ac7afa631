// docs/compared.md shows the published run of the scenarios of today. What peers do is no matter of tests:
// `pnpm compare`.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMPARED, publishedComparison } from "../src/compare/published.ts";
import { saidOf } from "../src/compare/run.ts";
import type { Comparison, Said, Scenario } from "../src/compare/scenario.ts";
import { scenarios } from "../src/compare/scenarios.ts";
import { tableOf, verdictOf, writtenPage } from "../src/compare/table.ts";

const right: Said = { did: "rejects", isRight: true };
const wrong: Said = { did: "pending", isRight: false };

describe("the page", () => {
  const page = readFileSync(COMPARED, "utf8");
  const run = publishedComparison();

  it("is what `pnpm compare --write` writes of the published run", () => {
    expect(writtenPage(page, scenarios, run)).toBe(page);
  });

  it("has one row for each scenario of the code, in its order, and no other", () => {
    expect(run.rows.map(({ name }) => name)).toEqual(scenarios.map(({ name }) => name));
  });

  it("names the versions that are pinned", () => {
    const file = new URL("../../../bench/package.json", import.meta.url);
    const { dependencies } = JSON.parse(readFileSync(file, "utf8"));
    for (const [i, { peer }] of scenarios.entries()) {
      expect(run.rows[i]?.version, peer).toBe(dependencies[peer]);
    }
  });

  it("says of every row that the peer wins why it does", () => {
    const prose = page.slice(page.indexOf("## Where they are better"));
    const won = run.rows.filter((row) => verdictOf(row) === "theirs");
    for (const { name } of won) {
      expect(prose).toContain(scenarios.find((one) => one.name === name)?.peer);
    }
  });

  it("is not written over a page without its marks", () => {
    expect(() => writtenPage("# Compared\n", scenarios, run)).toThrow("no place for the table");
  });
});

it("a scenario has a name of its own, and the workers that it starts", () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  for (const file of ["broken", "poolified", "served", "task", "tasks"]) {
    const url = new URL(`../src/compare/workers/${file}.mjs`, import.meta.url);
    expect(existsSync(url), file).toBe(true);
  }
});

describe("a table", () => {
  const scenario = { name: "a", title: "A", peer: "p", found: "f" } as unknown as Scenario;
  const run: Comparison = {
    at: "2026-11-30T06:00:00.000Z",
    node: "v24",
    rows: [{ name: "a", version: "1.0.0", theirs: right, ours: wrong }],
  };

  it("says who does better, with which version, on which Node and when", () => {
    const table = tableOf([scenario], run);
    expect(table).toContain("| A | p 1.0.0 | f | rejects | pending | **the peer wins** |");
    expect(table).toContain("Node v24, 2026-11-30");
  });

  it("is refused where a scenario was not run", () => {
    expect(() => tableOf([{ ...scenario, name: "b" }], run)).toThrow('"b" was not run');
  });

  it.each([
    ["only ours is right", wrong, right, "ours"],
    ["only theirs is right", right, wrong, "theirs"],
    ["both are right", right, right, "alike"],
    ["both are wrong", wrong, wrong, "alike"],
    ["ours costs less", { ...right, cost: 14 }, { ...right, cost: 10 }, "ours"],
    ["ours costs more", { ...right, cost: 10 }, { ...right, cost: 14 }, "theirs"],
    ["the costs are close", { ...right, cost: 10 }, { ...right, cost: 13 }, "alike"],
    ["one that is wrong costs less", { ...wrong, cost: 1 }, { ...right, cost: 10 }, "ours"],
  ] as const)("judges: %s", (_, theirs, ours, verdict) => {
    expect(verdictOf({ theirs, ours })).toBe(verdict);
  });
});

describe("what a side said", () => {
  it("is its last line, whatever was printed before", () => {
    expect(saidOf(`noise\n${JSON.stringify(right)}\n`, 0, false)).toEqual(right);
  });

  it("is that it had no answer in time, or how its host ended", () => {
    expect(saidOf("", "SIGKILL", true)).toEqual({ did: "no answer after 60 s", isRight: false });
    expect(saidOf("half a li", "SIGABRT", false)).toEqual({
      did: "the host ended: SIGABRT",
      isRight: false,
    });
  });
});
