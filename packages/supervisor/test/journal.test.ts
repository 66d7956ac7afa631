// The journal: every event told to the policy and every decision, as lines of JSON that replay.

import { allOf, type JournalEntry, replay, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { delay, willingFrom } from "./policies.js";
import { stage } from "./stage.js";
import { THROWN } from "./thrown.js";

const lines = (journal: readonly JournalEntry[]) =>
  journal.map((entry) => JSON.parse(JSON.stringify(entry)) as JournalEntry);

async function eventful() {
  const set = stage({
    healthyAfterMs: 50,
    policy: allOf(restartOn("transient"), willingFrom(500), delay(20)),
    script: [
      { runMs: 100, exit: { kind: "failed", error: new Error("boom"), code: 1 } },
      { cannotStart: Object.assign(new Error("gone"), { code: "ENOENT" }) },
      { runMs: 10, exit: { kind: "signalled", signal: "SIGSEGV", stderrTail: ["fatal"] } },
      {},
      { runMs: 5, exit: { kind: "completed", value: "secret" } },
    ],
  });
  await set.system.advance(700);
  set.handle.reset();
  set.handle.restart();
  await set.system.advance(100);
  await set.handle.outcome;
  return set;
}

describe("a journal", () => {
  it("tells the story", async () => {
    const { journal } = await eventful();
    const story = journal.map(({ at, event, decision, by }) => {
      const what = event.type === "launch" ? `${event.cause}?` : event.type;
      return `${at} ${by ?? what} ${decision.type}`;
    });
    expect(story).toEqual([
      "0 start? launch",
      "50 healthy noted",
      "100 exited noted",
      "100 restart? refuse",
      "500 restart? launch",
      "520 exited noted",
      "520 restart? launch",
      "550 exited noted",
      "550 restart? launch",
      "620 healthy noted",
      "700 reset noted",
      "700 exited noted",
      "700 operator launch",
      "705 exited noted",
      "705 restart? refuse",
    ]);
  });

  it("is JSON as it stands", async () => {
    const { journal } = await eventful();
    expect(lines(journal)).toEqual(journal);
  });

  it.each(THROWN)("is JSON as it stands, whatever was thrown: %s", async (_, error) => {
    const set = stage({ script: [{ runMs: 1, exit: { kind: "failed", error } }] });
    await set.system.advance(1);
    expect(lines(set.journal)).toEqual(set.journal);
    await set.handle.stop();
  });

  it("replayed under the same policy says the same, line by line", async () => {
    const { journal } = await eventful();
    const policy = allOf(restartOn("transient"), willingFrom(500), delay(20));
    const steps = replay(lines(journal), policy);
    expect(steps).toHaveLength(journal.length);
    expect(steps.filter(({ same }) => !same)).toEqual([]);
  });

  it("replayed under another policy says where it would have differed", async () => {
    const { journal } = await eventful();
    const steps = replay(lines(journal), allOf(restartOn("temporary")));
    expect(steps.find(({ same }) => !same)).toMatchObject({
      at: 100,
      replayed: { type: "refuse", reason: "not-wanted" },
    });
  });

  it("carries no result and no message of a child", async () => {
    const { journal, events } = await eventful();
    expect(JSON.stringify([journal, events])).not.toContain("secret");
  });

  it("tells an exit and the request after it at one instant, with nothing in between", async () => {
    const { journal } = await eventful();
    for (const [i, { event, at }] of journal.entries()) {
      const next = journal[i + 1];
      if (event.type === "exited" && next)
        expect([next.at, next.event.type]).toEqual([at, "launch"]);
    }
  });
});
