// What decides about a child and what it remembers, by the handle; and what it remembered before each decision, beside
// the entry in the journal: stepping that again gives the decision, to the letter.

import {
  allOf,
  type JournalEntry,
  lifetimeCap,
  type RemotePolicy,
  type RestartPolicy,
  restartOn,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { sharedBudget, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { superviseTree } from "../src/tree.js";

const failed = { kind: "failed", code: 1 } as const;
const crashing = (system = manualSystem()) =>
  scriptedLauncher(system, () => ({ runMs: 5, exit: failed }));

interface Line {
  readonly entry: JournalEntry;
  readonly before: unknown;
}

/** Every decision, made again of what was remembered before it. */
function madeAgain(lines: readonly Line[], policy: RestartPolicy): unknown[] {
  return lines
    .filter(({ entry }) => entry.by === undefined)
    .map(
      ({ entry, before }) =>
        policy.step(JSON.parse(JSON.stringify(before)), entry.event, entry.at)[1],
    );
}

describe("what decides, and what it remembers", () => {
  it("is there for a child that stands alone, also beside a shared budget", async () => {
    for (const isShared of [false, true]) {
      const system = manualSystem();
      const lines: Line[] = [];
      const own = lifetimeCap({ restarts: 3 });
      const shared = sharedBudget(lifetimeCap({ restarts: 5 }), { system });
      const handle = supervise(
        crashing(system),
        {
          policy: own,
          journal: (entry, before) => lines.push({ entry, before }),
          onRefused: "hold",
          ...(isShared ? { shared } : {}),
        },
        system,
      );
      await system.advance(100);
      const view = handle.policy();
      expect(view?.state).toEqual(isShared ? [{ restarts: 3 }, { restarts: 3 }] : { restarts: 3 });
      expect(view?.budget ?? null).toBe(isShared ? shared.policy : null);
      expect(view?.policy.name).toBe(isShared ? "allOf(lifetimeCap, lifetimeCap)" : "lifetimeCap");
      handle.restart();
      const decisions = lines.filter(({ entry }) => !entry.by).map(({ entry }) => entry.decision);
      expect(decisions).toHaveLength(9);
      expect(madeAgain(lines, view?.policy as RestartPolicy)).toEqual(decisions);
      expect(lines.find(({ entry }) => entry.by)?.before).toBe(null);
      await handle.stop();
    }
  });

  it("is there for each child of a tree, joined with the budget of its tree", async () => {
    const system = manualSystem();
    const lines: (Line & { readonly entry: { readonly id: string } })[] = [];
    const child = (id: string) => ({
      id,
      launcher: crashing(system),
      policy: lifetimeCap({ restarts: 9 }),
    });
    const tree = superviseTree(
      {
        budget: lifetimeCap({ restarts: 6 }),
        children: [
          child("a"),
          child("b"),
          { id: "in", tree: { budget: lifetimeCap({ restarts: 4 }), children: [child("c")] } },
        ],
      },
      { journal: (entry, before) => lines.push({ entry, before }) },
      system,
    );
    await system.advance(11);
    expect(tree.child("none").policy()).toBe(null);
    expect(tree.child("in/none").policy()).toBe(null);
    expect(tree.child("in").policy()?.policy.name).toContain("allOf");
    for (const path of ["a", "b", "in/c"]) {
      const policy = tree.child(path).policy()?.policy as RestartPolicy;
      const own = lines.filter(({ entry }) => entry.id === path);
      expect(own.length).toBeGreaterThan(3);
      expect(madeAgain(own, policy)).toEqual(own.map(({ entry }) => entry.decision));
      const { state } = tree.child(path).policy() as { state: [unknown, { restarts: number }] };
      expect(state[1].restarts).toBe(path === "in/c" ? 2 : 4);
    }
    await tree.kill();
  });

  it("is the policy that is stepped: asked now, it says what the child will get", async () => {
    const system = manualSystem();
    const policy = allOf(restartOn("transient"), lifetimeCap({ restarts: 1 }));
    const { policy: view, stop } = supervise(crashing(system), { policy }, system);
    await system.advance(7);
    const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
    const seen = view();
    expect(seen?.policy).toBe(policy);
    expect(seen?.policy.step(seen.state, request, 7)[1]).toMatchObject({ reason: "cap-reached" });
    await stop();
  });

  it("is null for a remote policy, whose state is elsewhere", async () => {
    const system = manualSystem();
    const seen: unknown[] = [];
    const policy: RemotePolicy = {
      name: "far",
      describe: { kind: "far", options: {}, timesMs: [] },
      ask: () => Promise.resolve({ type: "launch", delayMs: 0 }),
    };
    const journal = (_: JournalEntry, before: unknown) => seen.push(before);
    const handle = supervise(scriptedLauncher(system, []), { policy, journal }, system);
    await system.settle();
    expect(handle.policy()).toBe(null);
    expect(seen).toEqual([null]);
    await handle.stop();
  });
});
