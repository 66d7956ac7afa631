// docs/provenance.md lists the golden cases whose answer changes on a clock that stands still where theirs
// goes back. Each list is what the package says whose vectors they are, or what is computed here.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./docs/pages.js";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const provenance = read("docs/provenance.md");

/** The ids of a text, such as `sw-0015`, in their order. */
function idsOf(text: string, prefix: string): string[] {
  return [...text.matchAll(new RegExp(`\`(${prefix}-\\d+)\``, "g"))].map(([, id = ""]) => id);
}

it.each(["sw", "rl"])("lists the %s cases that sliding-window lists", (prefix) => {
  const listed = idsOf(read("packages/sliding-window/test/vectors/README.md"), prefix);
  expect(listed.length).toBeGreaterThan(0);
  expect(idsOf(provenance, prefix)).toEqual(listed);
});

it("says of how many they are", () => {
  for (const [file, folder] of [
    ["sliding_window", "sliding-window"],
    ["restart_limit_tracker", "sliding-window"],
    ["backend_recovery", "crash-budget"],
  ] as const) {
    const { count } = JSON.parse(read(`packages/${folder}/test/vectors/${file}.json`));
    const [, changed, all] =
      new RegExp(`\\*\\*${file}\\*\\* .*, (\\d+) of (\\d+)`).exec(provenance) ?? [];
    const [section = ""] = provenance.split(`**${file}**`)[1]?.split("\n\n") ?? [];
    expect(Number(all), file).toBe(count);
    expect(idsOf(section, "\\w+"), file).toHaveLength(Number(changed));
  }
});

interface Recovery {
  readonly id: string;
  readonly policy: {
    readonly effective: { readonly retryBackoffMs: number; readonly budgetWindowMs: number };
  };
  readonly ops: readonly {
    readonly op: "crash" | "success";
    readonly key: string;
    readonly atMs: number;
    readonly expect: { readonly decision: "retry" | "refuse"; readonly retryAfterMs: number };
  }[];
}

/** Whether running-process, played on this clock, answers as the file does. */
function answersAlike({ policy, ops }: Recovery, clock: (atMs: number) => number): boolean {
  const { retryBackoffMs, budgetWindowMs } = policy.effective;
  const windows = new Map<string, { at: number; crashes: number }>();
  return ops.every(({ op, key, atMs, expect: recorded }) => {
    if (op === "success") return windows.delete(key) || true;
    const now = clock(atMs);
    let window = windows.get(key);
    if (!window || Math.max(0, now - window.at) >= budgetWindowMs) window = { at: now, crashes: 0 };
    windows.set(key, window);
    const retries = ++window.crashes === 1;
    const left = budgetWindowMs - Math.max(0, now - window.at);
    return (
      recorded.decision === (retries ? "retry" : "refuse") &&
      recorded.retryAfterMs === (retries ? retryBackoffMs : left)
    );
  });
}

function held(): (atMs: number) => number {
  let now = Number.MIN_SAFE_INTEGER;
  return (atMs) => {
    now = Math.max(now, atMs);
    return now;
  };
}

it("lists the br cases that a clock standing still changes", () => {
  const { cases } = JSON.parse(
    read("packages/crash-budget/test/vectors/backend_recovery.json"),
  ) as {
    cases: readonly Recovery[];
  };
  expect(cases.filter((one) => !answersAlike(one, (atMs) => atMs))).toEqual([]);
  const changed = cases.filter((one) => !answersAlike(one, held())).map(({ id }) => id);
  expect(idsOf(provenance, "br")).toEqual(changed);
});
