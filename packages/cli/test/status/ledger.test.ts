// What is left of a budget, and why: asked of the policies themselves, along a journal.

import { launch, type RestartEvent, refuse } from "@steadfast/policy";
import { policyFrom } from "@steadfast/spec";
import { describe, expect, it } from "vitest";
import { type Entry, ledger } from "../../src/status/ledger.js";

const policy = policyFrom({ kind: "inTurn", members: ["200ms..30s", "3/1m"] });
const request = (cause: "start" | "restart") =>
  ({ type: "launch", cause, draw: 0.5, wall: 0 }) as const;
const failed = {
  type: "exited",
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs: 10,
} as const;

function ledgerOf(...events: readonly (readonly [at: number, event: RestartEvent])[]) {
  const made = ledger((id) => (id === "web" ? policy : null));
  let state: unknown = policy.initial();
  for (const [at, event] of events) {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    made.note({ id: "web", at, wall: at, event, decision });
  }
  return made;
}

describe("budget", () => {
  it("is whole at the beginning", () => {
    expect(ledgerOf().budget("web", 0)).toEqual({ left: 3, limit: 3, windowMs: 60_000 });
  });

  it("shrinks with each restart, and grows again with time", () => {
    const web = ledgerOf([0, request("start")], [10, failed], [10, request("restart")]);
    const before = web.budget("web", 20)?.left;
    expect(before).toBeLessThan(3);
    expect(web.budget("web", 120_000)?.left).toBe(3);
    expect(web.budget("web", 20)?.left).toBe(before);
  });

  it("is null for a child without a limit, or that nobody knows", () => {
    const free = ledger(() => policyFrom("on-failure"));
    expect(free.budget("web", 0)).toBeNull();
    expect(ledgerOf().budget("db", 0)).toBeNull();
  });
});

describe("why", () => {
  it("is the sentence of the core about the last request", () => {
    expect(ledgerOf().why("web")).toBeNull();
    const web = ledgerOf([0, request("start")], [10, failed], [10, request("restart")]);
    expect(web.why("web")).toMatch(
      /^Launched in \d+ ms, at the instant \d+: backoff has counted 1 failure/,
    );
  });

  it("names the shared budget where that has refused", () => {
    const web = ledgerOf([0, request("start")]);
    web.note({
      id: "web",
      at: 1,
      wall: 1,
      event: request("restart"),
      decision: refuse("window-full", 5),
    });
    expect(web.why("web")).toBe("Refused by the budget of the stack (window-full).");
  });

  it("does not ask about what an operator ordered", () => {
    const web = ledgerOf();
    const entry: Entry = {
      id: "web",
      at: 0,
      wall: 0,
      event: request("restart"),
      decision: launch(0),
      by: "operator",
    };
    web.note(entry);
    expect(web.why("web")).toBeNull();
  });
});
