// What is left of a budget, and why: asked of the policies themselves, along a journal.

import { launch, type RestartEvent, restartOn } from "@steadfast/policy";
import { policyFrom } from "@steadfast/spec";
import { describe, expect, it } from "vitest";
import { ledger } from "../../src/status/ledger.js";

const policy = policyFrom({ kind: "inTurn", members: ["200ms..30s", "3/1m"] });
const request = (cause: "start" | "restart") =>
  ({ type: "launch", cause, draw: 0.5, wall: 0 }) as const;
const failed = {
  type: "exited",
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs: 10,
} as const;

type Heard = readonly (readonly [at: number, event: RestartEvent])[];

/** A ledger of `web`, after these events. */
function ledgerAfter(...heard: Heard) {
  let state: unknown = policy.initial();
  const made = ledger((id) => (id === "web" ? { policy, state } : null));
  for (const [at, event] of heard) {
    const before = state;
    const [next, decision] = policy.step(state, event, at);
    state = next;
    made.note({ id: "web", at, wall: at, event, decision }, before);
  }
  return made;
}

describe("budget", () => {
  it("is whole at the beginning", () => {
    expect(ledgerAfter().budget("web", 0)).toEqual({ left: 3, limit: 3, windowMs: 60_000 });
  });

  it("shrinks with each launch, and grows again with time", () => {
    const web = ledgerAfter([0, request("start")], [10, failed], [10, request("restart")]);
    expect(web.budget("web", 20)?.left).toBe(1);
    expect(web.budget("web", 120_000)?.left).toBe(3);
    expect(web.budget("web", 20)?.left).toBe(1); // nothing was changed by asking
  });

  it("is null for a child without a limit, or that nobody knows, and 0 of 0", () => {
    const free = restartOn("permanent");
    expect(ledger(() => ({ policy: free, state: free.initial() })).budget("web", 0)).toBeNull();
    expect(ledgerAfter().budget("db", 0)).toBeNull();
    const none = policyFrom("0/1m");
    const spent = ledger(() => ({ policy: none, state: none.initial() }));
    expect(spent.budget("web", 0)).toEqual({ left: 0, limit: 0, windowMs: 60_000 });
  });
});

describe("why", () => {
  it("is the sentence of the core about the last request", () => {
    expect(ledgerAfter().why("web")).toBeNull();
    const web = ledgerAfter([0, request("start")], [10, failed], [10, request("restart")]);
    const sentence = /^Launched in \d+ms, at \d\d:\d\d:\d\d: backoff has counted 1 failure/;
    expect(web.why("web")).toMatch(sentence);
  });

  it("is not about what an operator ordered", () => {
    const web = ledgerAfter();
    const event = request("restart");
    const ordered = {
      id: "web",
      at: 0,
      wall: 0,
      event,
      decision: launch(0),
      by: "operator",
    } as const;
    web.note(ordered, null);
    expect(web.why("web")).toBeNull();
  });
});
