// docs/vocabulary.md defines every word that the types of the contract, the slot and the supervisor have.
// The lists here are complete by type: a new word does not compile until it is added.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type FenceDecision,
  type Readiness,
  type SlotCommand,
  type SlotIntent,
  slotTable,
} from "@steadfast/child-slot";
import type { ExitKind, LaunchEvent, RestartDecision, RestartEvent } from "@steadfast/policy";
import type { OutcomeType } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { ROOT } from "./docs/pages.js";

const text = readFileSync(join(ROOT, "docs/vocabulary.md"), "utf8");

const words = <Word extends string>(every: Readonly<Record<Word, true>>) => Object.keys(every);

const exits = words<ExitKind>({
  completed: true,
  failed: true,
  signalled: true,
  "out-of-memory": true,
  "timed-out": true,
  cancelled: true,
  "spawn-failed": true,
  unhealthy: true,
  abandoned: true,
  lost: true,
});

const lists = {
  exits,
  events: words<RestartEvent["type"]>({ exited: true, healthy: true, reset: true, launch: true }),
  causes: words<LaunchEvent["cause"]>({ start: true, restart: true, operator: true }),
  decisions: words<RestartDecision["type"]>({ noted: true, launch: true, refuse: true }),
  outcomes: words<OutcomeType>({
    completed: true,
    excused: true,
    stopped: true,
    refused: true,
    failed: true,
  }),
  intents: words<SlotIntent>({ active: true, paused: true, quarantined: true, removed: true }),
  readiness: words<Readiness>({ unreported: true, ready: true, "not-ready": true }),
  commands: words<SlotCommand["type"]>({
    launch: true,
    "request-stop": true,
    kill: true,
    abandon: true,
    stale: true,
    report: true,
  }),
  fence: words<FenceDecision>({
    "started-immediately": true,
    "queued-after-stop": true,
    "already-pending": true,
    "blocked-by-shutdown": true,
    rejected: true,
  }),
  statuses: [...new Set(slotTable.flatMap(({ from }) => from))],
  "occurrences of a slot": [...new Set(slotTable.flatMap(({ on }) => on))],
};

describe.each(Object.entries(lists))("the vocabulary has the %s", (_, list) => {
  it.each(list)("%s", (word) => {
    expect(text.includes(`\`${word}\``)).toBe(true);
  });
});

describe("the vocabulary defines", () => {
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  const defined = rows.map((row) => row.split("|")[1]?.trim() ?? "").filter((w) => w !== "word");

  it("each word once", () => {
    expect(defined.filter((word, i) => defined.indexOf(word) !== i)).toEqual([]);
    expect(defined.length).toBeGreaterThan(80);
  });

  it("each kind of exit in a row of its own", () => {
    expect(exits.filter((kind) => !defined.includes(`\`${kind}\``))).toEqual([]);
  });
});
