// Several children, one budget: the pair (own, shared) is one `allOf`, rollback included.

import { isPolicyOptionsError, launch, refuse, restartPolicy, when } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type SharedBudget, sharedBudget, supervise } from "../src/index.js";
import { Budget } from "../src/shared-budget.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { answers, delay, untilReset, willingFrom } from "./policies.js";
import { crashes, crashLoop, stage } from "./stage.js";

/** So many launches ever, whoever asks. */
function tickets(limit: number) {
  return restartPolicy<number>({
    name: "tickets",
    initial: () => 0,
    launch: (used) => (used < limit ? [used + 1, launch()] : [used, refuse("sold-out", null)]),
    parse: (raw) => raw as number,
  });
}

/** Asks to be started again. */
const again = { runMs: 4, exit: { kind: "failed", code: 42 } } as const;

describe("a shared budget", () => {
  it("counts the launches of all its members", async () => {
    const system = manualSystem();
    const shared = sharedBudget(tickets(3), { system });
    const one = stage({ system, shared, policy: delay(10), script: crashLoop(5) });
    const other = stage({ system, shared, policy: delay(10), script: crashLoop(7) });
    await system.advance(1_000);
    expect(one.launcher.launchedAt.length + other.launcher.launchedAt.length).toBe(3);
    expect(await other.handle.outcome).toMatchObject({ type: "refused", reason: "sold-out" });
    expect(shared.state).toBe(3);
    expect(system.pendingTimers).toBe(0);
  });

  it("loses nothing when a member's own policy refuses", async () => {
    const system = manualSystem();
    const shared = sharedBudget(tickets(2), { system });
    const own = answers(launch(), refuse("not me", null));
    const one = stage({ system, shared, policy: own, script: crashes(5) });
    await system.advance(5);
    expect(await one.handle.outcome).toMatchObject({ type: "refused", reason: "not me" });
    expect(shared.state).toBe(1);
  });

  it("takes nothing from a member's own policy when the budget refuses", async () => {
    const system = manualSystem();
    const shared = sharedBudget(willingFrom(500), { system });
    const own = answers(launch(), launch(7));
    const one = stage({ system, shared, policy: own, script: crashes(5) });
    await system.advance(506);
    expect(one.launcher.launchedAt).toEqual([0]);
    await system.advance(1);
    // Asked again at 500, the own policy gives the answer that it had been rolled back from.
    expect(one.launcher.launchedAt).toEqual([0, 507]);
  });

  it("tells the others that the past is forgiven: not who forgave, nor who has left", () => {
    const budget = new Budget(tickets(1), { system: manualSystem() });
    const told: string[] = [];
    const [one, two, gone] = [{ name: "one" }, { name: "two" }, { name: "gone" }];
    const join = (member: typeof one) => budget.join(member, () => void told.push(member.name));
    join(one);
    join(two);
    join(gone)();
    budget.forgiven(one);
    expect(told).toEqual(["two"]);
  });

  it("keeps what belongs to one child with that child", async () => {
    const system = manualSystem();
    const shared = sharedBudget(tickets(9), { system });
    const one = stage({ system, shared, policy: untilReset(100), script: crashes(5) });
    const other = stage({ system, shared, policy: untilReset(100) });
    await system.advance(5);
    expect(one.handle.snapshot().supervision.policy).toBe(1);
    expect(other.handle.snapshot().supervision.policy).toBe(0);
  });

  it.each(["reset", "healthy"] as const)(
    "lets the others ask again at once after a %s",
    async (how) => {
      const system = manualSystem();
      const forgiving = restartPolicy<boolean>({
        name: "forgiving",
        initial: () => true,
        exited: () => false,
        healthy: () => true,
        launch: (ok) => [ok, ok ? launch() : refuse("spent", 60_000)],
      });
      const shared = sharedBudget(forgiving, { system });
      const one = stage({ system, shared, policy: delay(0), script: crashes(5) });
      const other = stage({ system, shared, policy: delay(0), healthyAfterMs: 1_000 });
      await system.advance(999);
      expect(one.handle.status().waiting).toMatchObject({ for: "not-yet" });
      if (how === "reset") other.handle.reset();
      await system.advance(1);
      expect(one.launcher.launchedAt).toHaveLength(2);
    },
  );

  it("counts what its own cause is: the exits of others cost nothing", async () => {
    const system = manualSystem();
    const shared = sharedBudget(
      when(({ code }) => code !== 42, tickets(2)),
      { system },
    );
    const soon = { ...again, runMs: 4 };
    const one = stage({ system, shared, policy: delay(0), script: [soon, soon, soon, soon] });
    const other = stage({ system, shared, policy: delay(0), script: crashLoop(5) });
    await system.advance(1_000);
    expect(one.launcher.launchedAt).toEqual([0, 4, 8, 12, 16]);
    expect(other.launcher.launchedAt).toEqual([0, 5, 10]);
    expect(await other.handle.outcome).toMatchObject({ type: "refused", reason: "sold-out" });
    // The last exit of all was the fourth 42, at 16, and it was answered.
    expect(shared.state).toEqual({ matched: null, member: 2 });
  });

  it.each([
    ["of that child", [], { matched: true, member: 1 }],
    ["of another one, by then", [{ ...again, runMs: 100 }], { matched: null, member: 0 }],
  ] as const)(
    "what asks a policy by cause again later is decided by the last exit of any child: %s",
    async (_, script, state) => {
      const system = manualSystem();
      const opensAt500 = restartPolicy<number>({
        name: "opens",
        initial: () => 0,
        launch: (asked, __, now) =>
          now < 500 ? [asked, refuse("early", 500 - now)] : [asked + 1, launch()],
        parse: (raw) => raw as number,
      });
      const shared = sharedBudget(
        when(({ code }) => code !== 42, opensAt500),
        { system },
      );
      const one = stage({ system, shared, policy: delay(0), script: crashes(5) });
      const other = stage({ system, shared, policy: delay(0), script });
      await system.advance(499);
      expect(one.launcher.launchedAt).toEqual([0]);
      expect(other.launcher.launchedAt).toEqual(script.length === 0 ? [0] : [0, 100]);
      await system.advance(1);
      expect(one.launcher.launchedAt).toEqual([0, 500]);
      expect(shared.state).toEqual(state);
    },
  );

  it("takes nothing from a policy that decides by cause when it refuses", async () => {
    const system = manualSystem();
    const shared = sharedBudget(willingFrom(500), { system });
    // `start` is not asked: the first answer is that to the restart.
    const own = when(({ kind }) => kind === "failed", answers(launch(7)));
    const one = stage({ system, shared, policy: own, script: crashes(5) });
    await system.advance(499);
    expect(one.launcher.launchedAt).toEqual([0]);
    expect(one.handle.status().waiting).toMatchObject({ for: "not-yet" });
    await system.advance(8);
    expect(one.launcher.launchedAt).toEqual([0, 507]);
  });

  it("loses nothing when a policy that decides by cause refuses, and is asked when it does not", async () => {
    const system = manualSystem();
    const shared = sharedBudget(tickets(9), { system });
    const own = when(({ kind }) => kind === "failed", answers(refuse("not me", null)));
    const ends = { runMs: 5, exit: { kind: "completed" } } as const;
    const one = stage({ system, shared, policy: own, script: [ends, ends, ...crashes(5)] });
    await system.advance(15);
    expect(await one.handle.outcome).toMatchObject({ type: "refused", reason: "not me" });
    expect(one.launcher.launchedAt).toEqual([0, 5, 10]);
    expect(shared.state).toBe(3);
  });

  it("is left by a supervision that is over", async () => {
    const system = manualSystem();
    const shared = sharedBudget(willingFrom(9_000), { system });
    const one = stage({ system, shared, policy: delay(0), script: crashes(5) });
    const other = stage({ system, shared, policy: delay(0) });
    await system.advance(5);
    await one.handle.stop();
    other.handle.reset();
    await system.advance(9_999);
    expect(one.launcher.launchedAt).toEqual([0]);
  });

  it("goes on from a saved state", () => {
    const system = manualSystem();
    const shared = sharedBudget(tickets(3), { system, state: 2 });
    stage({ system, shared, policy: delay(0) });
    expect(shared.state).toBe(3);
  });

  it("belongs to one system, whose clock it counts with", () => {
    const shared = sharedBudget(tickets(3), { system: manualSystem() });
    const system = manualSystem();
    const start = (given: unknown) =>
      supervise(
        scriptedLauncher(system, []),
        { policy: delay(0), shared: given as SharedBudget },
        system,
      );
    expect(() => start(shared)).toThrow(/shared must be a budget of the same system/);
    expect(() => start({ policy: tickets(3) })).toThrow(
      /shared must be what sharedBudget\(\) made/,
    );
    expect(() => sharedBudget(null as never)).toThrow(expect.toSatisfy(isPolicyOptionsError));
  });
});
