import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Exit,
  type ExitedEvent,
  type GiveUpOnState,
  giveUpOn,
  isPolicyOptionsError,
  isPolicyStateError,
  launch,
  type RestartEvent,
  type RestartPolicy,
  refuse,
} from "../src/index.js";
import { crash, exits, frozen, operator, restart, start, wellEnded } from "./traces.js";

const given = refuse("given-up", null);
const onSpawn = () => giveUpOn((exit) => exit.kind === "spawn-failed");
const spawnFailed: ExitedEvent = { ...crash, exit: { kind: "spawn-failed", error: "ENOENT" } };

function last<State>(policy: RestartPolicy<State>, story: readonly RestartEvent[]) {
  let state = policy.initial();
  let decision: unknown;
  for (const event of story) [state, decision] = policy.step(frozen(state), event, 0);
  return { state, decision };
}

describe("giveUpOn decides", () => {
  it.each<[string, RestartEvent[], object]>([
    ["nothing has exited", [restart], launch()],
    ["a permanent failure", [start, spawnFailed, restart], given],
    ["a passing failure", [start, crash, restart], launch()],
    [
      "a permanent one that was not judged a failure",
      [{ ...spawnFailed, failed: false }, restart],
      launch(),
    ],
    ["asked twice, it says the same", [spawnFailed, restart, restart], given],
    ["a start passes", [spawnFailed, start], launch()],
    ["an operator passes", [spawnFailed, operator], launch()],
    ["an admitted launch ends it", [spawnFailed, operator, restart], launch()],
    ["a reset forgets", [spawnFailed, { type: "reset" }, restart], launch()],
    ["health changes nothing", [spawnFailed, { type: "healthy" }, restart], given],
    ["the last exit counts: passing", [spawnFailed, crash, restart], launch()],
    ["the last exit counts: well ended", [spawnFailed, wellEnded, restart], launch()],
    ["the last exit counts: permanent", [crash, spawnFailed, restart], given],
  ])("%s", (_, story, decision) => {
    expect(last(onSpawn(), story).decision).toStrictEqual(decision);
  });
});

describe("giveUpOn asks", () => {
  it.each(exits.map((exit) => [exit.kind, exit] as const))("about %s iff it failed", (_, exit) => {
    const calls: Exit[] = [];
    const policy = giveUpOn((seen) => calls.push(seen) > 5);
    last(policy, [{ ...crash, exit, failed: false }, restart, restart]);
    expect(calls).toEqual([]);
    last(policy, [{ ...crash, exit, failed: true }, restart, restart]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBe(exit);
  });

  it("and lets through what the predicate throws", () => {
    const policy = giveUpOn(() => {
      throw new Error("mine");
    });
    expect(() => last(policy, [crash])).toThrow("mine");
  });
});

describe("giveUpOn keeps", () => {
  it("plain JSON, whatever the predicate answers", () => {
    const sloppy = giveUpOn((() => "yes") as unknown as () => boolean);
    expect(last(sloppy, [crash]).state).toStrictEqual({ permanent: true });
  });

  it("the same reference when nothing changed", () => {
    const policy = onSpawn();
    const fresh = policy.initial();
    for (const event of [start, restart, operator, wellEnded]) {
      expect(policy.step(fresh, event, 0)[0]).toBe(fresh);
    }
    const thawed: GiveUpOnState = { permanent: null };
    expect(policy.step(thawed, restart, 0)[0]).toBe(thawed);
    const permanent: GiveUpOnState = { permanent: true };
    expect(policy.step(permanent, restart, 0)[0]).toBe(permanent);
    expect(policy.step(permanent, spawnFailed, 0)[0]).toBe(permanent);
  });

  it("its name", () => {
    expect(onSpawn()).toMatchObject({ name: "giveUpOn", describe: { kind: "giveUpOn" } });
  });

  it("itself busy from a failure to the launch", () => {
    const idle = ([true, false, null] as const).map((permanent) =>
      onSpawn().idle?.({ permanent }, 0),
    );
    expect(idle).toEqual([false, false, true]);
  });

  it("what it reads back, and nothing else", () => {
    for (const permanent of [true, false, null]) {
      expect(onSpawn().parse({ permanent }, 0)).toStrictEqual({ permanent });
    }
    for (const raw of [null, {}, { permanent: 1 }, []]) {
      expect(() => onSpawn().parse(raw, 0)).toThrow(expect.toSatisfy(isPolicyStateError));
    }
  });
});

it.each([undefined, null, "ENOENT", {}])("giveUpOn refuses %j as a predicate", (predicate) => {
  expect(() => giveUpOn(predicate as () => boolean)).toThrow(
    expect.toSatisfy(
      (error) =>
        isPolicyOptionsError(error) &&
        error.message.startsWith("giveUpOn: predicate must be a function, got "),
    ),
  );
});

it("has its type", () => {
  expectTypeOf(onSpawn()).toEqualTypeOf<RestartPolicy<GiveUpOnState>>();
});
