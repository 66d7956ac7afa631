// A policy whose state lives elsewhere, carried out: late, never, rejecting, throwing, stopped meanwhile.

import { launch, type RemotePolicy, type RestartDecision, refuse } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { crashes, FAILED } from "./stage.js";

interface Question {
  readonly types: readonly string[];
  readonly signal: AbortSignal;
  answer(decision: RestartDecision): void;
  reject(error: unknown): void;
}

function remote(script = crashes(10)) {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, script);
  const questions: Question[] = [];
  const policy: RemotePolicy = {
    name: "store",
    describe: { kind: "store", options: {}, timesMs: [] },
    ask: (events, signal) =>
      new Promise((answer, reject) => {
        questions.push({ types: events.map(({ type }) => type), signal, answer, reject });
      }),
  };
  const journal: string[] = [];
  const handle = supervise(
    launcher,
    {
      policy,
      journal: ({ event, decision }) => void journal.push(`${event.type} ${decision.type}`),
    },
    system,
  );
  return { system, launcher, questions, handle, journal };
}

const last = ({ questions }: ReturnType<typeof remote>) => questions.at(-1) as Question;

describe("an answer", () => {
  it("that comes late launches when it comes, and its delay runs from then", async () => {
    const set = remote();
    await set.system.advance(1_000);
    expect(set.launcher.launchedAt).toEqual([]);
    last(set).answer(launch(50));
    await set.system.advance(50);
    expect(set.launcher.launchedAt).toEqual([1_050]);
    await set.system.advance(10);
    expect(last(set).types).toEqual(["exited", "launch"]);
    last(set).answer(launch());
    await set.system.settle();
    expect(set.launcher.launchedAt).toEqual([1_050, 1_060]);
    expect(set.journal).toEqual(["launch launch", "exited noted", "launch launch"]);
  });

  it("that never comes launches nothing, leaves no timer, and a stop interrupts it", async () => {
    const set = remote();
    await set.system.advance(1e9);
    expect(set.system.pendingTimers).toBe(0);
    const outcome = await set.handle.stop();
    expect(outcome).toMatchObject({ type: "stopped", attempts: 0 });
    expect(last(set).signal.aborted).toBe(true);
    last(set).answer(launch());
    await set.system.advance(10);
    expect(set.launcher.launchedAt).toEqual([]);
  });

  it("that is a rejection ends it as failed, with its cause", async () => {
    const set = remote();
    const cause = new Error("no store");
    last(set).reject(cause);
    const outcome = await set.handle.outcome;
    expect(outcome).toMatchObject({
      type: "failed",
      error: { code: "ERR_CONTRACT", party: "policy", cause },
    });
  });

  it("that is no decision ends it as failed", async () => {
    const set = remote();
    last(set).answer({ type: "maybe" } as never);
    expect(await set.handle.outcome).toMatchObject({ type: "failed", error: { party: "policy" } });
  });

  it("that rejects after it was withdrawn is nobody's failure", async () => {
    const set = remote();
    set.handle.pause();
    expect(last(set).signal.aborted).toBe(true);
    last(set).reject(new Error("aborted"));
    await set.system.settle();
    expect(set.handle.status().outcome).toBeNull();
    set.handle.resume();
    expect(set.launcher.launchedAt).toEqual([0]);
  });

  it("of `not yet` is asked again at exactly its instant", async () => {
    const set = remote();
    last(set).answer(refuse("full", 500));
    await set.system.advance(499);
    expect(set.questions).toHaveLength(1);
    await set.system.advance(1);
    expect(set.questions).toHaveLength(2);
  });
});

it("an ask() that throws is a rejection", async () => {
  const system = manualSystem();
  const policy: RemotePolicy = {
    name: "broken",
    describe: { kind: "broken", options: {}, timesMs: [] },
    ask() {
      throw new Error("at once");
    },
  };
  const handle = supervise(scriptedLauncher(system, [{ exit: FAILED }]), { policy }, system);
  expect(await handle.outcome).toMatchObject({ type: "failed", error: { party: "policy" } });
});

it("`check` cannot look at it, and is refused by name", () => {
  const system = manualSystem();
  const policy: RemotePolicy = {
    name: "store",
    describe: { kind: "store", options: {}, timesMs: [] },
    ask: async () => launch(),
  };
  expect(() =>
    supervise(scriptedLauncher(system, []), { policy, check: () => [] }, system),
  ).toThrow(/supervise: check must be left out beside a remote policy/);
});
