// What the matrix makes of what it saw.

import { describe, expect, test } from "vitest";
import { type Limit, limits } from "./limits.ts";
import { type Form, judged } from "./runtime.ts";
import { type Row, table, verdict } from "./table.ts";

const limit: Limit = {
  runtime: "bun",
  program: "tasks",
  broken: "it rains",
  line: "it rains here",
};

const form = (broken: readonly string[] = [], ok = broken.length === 0): Form => ({
  form: "import",
  ok,
  broken,
  said: "what was said",
});

const row = (runtime: string, forms: readonly Form[], missing: string | null = null): Row => ({
  runtime,
  cells: new Map(missing === null ? [["tasks", forms]] : []),
  missing,
  seconds: 1.25,
});

describe("a program", () => {
  test.each([
    ["said that it is done", "tasks: ok\n", true, []],
    ["said more before", "a warning\ntasks: ok\n", true, []],
    ["did not get to its end", "a warning\n", false, []],
    ["said nothing", "", false, []],
    ["is another one", "cores: ok", false, []],
    ["has sentences that do not hold", "broken: a\nbroken: b\n", false, ["a", "b"]],
    ["has one, and yet said that it is done", "broken: a\ntasks: ok", false, ["a"]],
  ])("%s", (_, stdout, ok, broken) => {
    expect(judged("import", "tasks", stdout)).toMatchObject({ form: "import", ok, broken });
  });
});

describe("a cell is", () => {
  test.each([
    ["ok where all forms are", "node 1", [form(), form()], "ok"],
    ["red where one form is not", "node 1", [form(), form([], false)], "RED"],
    ["partly ok where the limit explains it", "bun 1", [form(["it rains"])], "partly"],
    ["red where another sentence does not hold, too", "bun 1", [form(["it rains", "more"])], "RED"],
    ["red where the limit holds in one form only", "bun 1", [form(["it rains"]), form()], "RED"],
    ["red where the limit is gone", "bun 1", [form()], "RED"],
    ["red where another runtime has that limit", "node 1", [form(["it rains"])], "RED"],
  ])("%s", (_, runtime, forms, cell) => {
    const got = verdict(runtime, "tasks", forms, [limit]);
    expect(got.cell).toBe(cell);
    expect(got.red === null).toBe(cell !== "RED");
  });
});

describe("the table", () => {
  test("has a row per runtime, a line per limit, and what is red", () => {
    const rows = [
      row("node 1", [form()]),
      row("bun 1", [form(["it rains"])]),
      row("deno 1", [form([], false)]),
      row("opera 1", [], "no such browser"),
    ];
    const { text, lines, reds } = table(rows, ["cores", "tasks"], [limit]);
    expect(text.split("\n")).toEqual([
      "         cores  tasks",
      "node 1   -      ok      1.3 s",
      "bun 1    -      partly  1.3 s",
      "deno 1   -      RED     1.3 s",
      "opera 1  ?      ?       1.3 s",
    ]);
    expect(lines).toEqual(["bun 1: it rains here"]);
    expect(reds).toEqual(["deno 1, tasks: by import:\nwhat was said", "opera 1: no such browser"]);
  });
});

test("the limits are one line each", () => {
  expect(limits.filter(({ line }) => line === "" || line.includes("\n"))).toEqual([]);
});
