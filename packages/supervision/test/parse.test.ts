// What a saved state may hold: all that was ever written comes back as it was, anything else is refused by its path.

import {
  isPolicyStateError,
  launch,
  type RemotePolicy,
  readState,
  restartPolicy,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { thrown } from "../../../config/testing/thrown.ts";
import { type SupervisionOptions, type SupervisionState, supervision } from "../src/index.js";
import firstVersion from "./snapshots/version-1.json" with { type: "json" };

/** Remembers one number, and checks it. */
const policy = restartPolicy<{ n: number }>({
  name: "one-number",
  initial: () => ({ n: 4 }),
  launch: (state) => [state, launch()],
  parse: (raw) => ({ n: readState(raw).whole("n") }),
});

const store: RemotePolicy = {
  name: "store",
  describe: { kind: "store", options: {}, timesMs: [] },
  ask: () => new Promise(() => {}),
};

const local = supervision({ policy, standby: 2 });
const remote = supervision({ policy: store });
type Part = Readonly<Record<string, unknown>>;

const read = (raw: unknown, now = 500): SupervisionState => local.parse(raw, now);

const refusal = (act: () => unknown) => thrown(isPolicyStateError, act);

const delay = { for: "delay", cause: "restart", since: 100, until: 900, reason: null };
const notYet = { ...delay, for: "not-yet", reason: "full" };
const refused = { type: "refused", reason: "full", retryAfterMs: 7 };
const standby = { standby: 1, since: 5, up: true };
const standbys = { next: 3, list: [standby, { ...standby, standby: 2 }], wait: null, spent: false };
const exited = { type: "exited", exit: { kind: "failed", code: 1 }, failed: true, uptimeMs: 5 };
const asking = { ask: 2, cause: "restart", draw: 0.5, wall: -5, told: 1 };
const asked = { next: 3, facts: [exited, { type: "reset" }], asking };

describe("what was written comes back as it was", () => {
  it.each<readonly [string, Part]>([
    ["a delay", { wait: delay }],
    ["a `not yet`, with its reason", { wait: notYet }],
    ["what waits for a start", { wait: { ...notYet, cause: "start" } }],
    ["what waits for an operator", { wait: { ...delay, cause: "operator" } }],
    ["a hold", { held: { reason: "spent", cause: "restart" } }],
    ["a hold of the start", { held: { reason: "spent", cause: "start" } }],
    ["a hold of an operator's launch", { held: { reason: "spent", cause: "operator" } }],
    ["a stop", { ending: { type: "stopped", by: "stop" } }],
    ["an abort", { ending: { type: "stopped", by: "abort" } }],
    ["the end of an `await using`", { ending: { type: "stopped", by: "dispose" } }],
    ["a refusal for a time", { ending: refused }],
    ["a refusal for one millisecond", { ending: { ...refused, retryAfterMs: 1 } }],
    ["a refusal for good", { ending: { ...refused, retryAfterMs: null } }],
    ["one that completed", { ending: { type: "completed" } }],
    ["one that is excused", { ending: { type: "excused" } }],
    ["one that failed", { ending: { type: "failed" } }],
    ["standbys", { standby: standbys }],
    ["a standby that is waited for", { standby: { ...standbys, wait: delay } }],
  ])("%s", (_, part) => {
    expect(read({ ...local.initial(), ...part })).toEqual({ ...local.initial(), ...part });
  });

  it.each<readonly [string, Part]>([
    ["a question", asked],
    ["one for a start, with no fact", { ...asked, asking: { ...asking, cause: "start", told: 0 } }],
    ["one for an operator", { ...asked, asking: { ...asking, cause: "operator", told: 2 } }],
    [
      "one after an exit that left something behind",
      { ...asked, asking: { ...asking, lingeredMs: 9 } },
    ],
    ["facts without a question", { ...asked, asking: null }],
    ["an exit that was no failure", { ...asked, facts: [{ ...exited, failed: false }, exited] }],
    ["a fact of health", { ...asked, facts: [{ type: "healthy" }] }],
  ])("of a remote policy: %s", (_, part) => {
    const state = { ...remote.initial(), remote: part };
    expect(remote.parse(state, 500)).toEqual(state);
  });

  it("but instants that are later than now, which become now", () => {
    const later = {
      ...standbys,
      list: [
        { ...standby, since: 501 },
        { ...standby, since: 500 },
      ],
    };
    const state = read({ ...local.initial(), standby: later, wait: { ...delay, since: 501 } });
    expect(state.standby?.list.map(({ since }) => since)).toEqual([500, 500]);
    expect(state.wait?.since).toBe(500);
  });

  it("and what a smaller version left out: no standbys, no facts, no reason", () => {
    expect(read({ ...local.initial(), standby: null }).standby).toEqual(local.initial().standby);
    expect(remote.parse({ ...remote.initial(), remote: null }, 0)).toEqual(remote.initial());
    const { reason: _, ...bare } = delay;
    expect(read({ ...local.initial(), wait: bare }).wait).toEqual(delay);
  });
});

describe("a wait that does not say since when", () => {
  const { since: _, ...bare } = delay;
  const wait = (raw: unknown, now: number) => read(raw, now).wait;

  it("began when it was saved", () => {
    const saved = { version: 2, at: 300, supervision: { ...local.initial(), wait: bare } };
    expect(wait(saved, 500)).toMatchObject({ since: 300, until: 900 });
    expect(wait(saved, 200)).toMatchObject({ since: 200, until: 800 });
  });

  it("or now, where nobody knows when that was", () => {
    expect(wait({ ...local.initial(), wait: bare }, 500)).toMatchObject({ since: 500, until: 900 });
  });
});

describe("what was never written is refused by its path", () => {
  const CAUSES = "one of start, restart, operator";
  const FLAG = "one of true, false";
  const seat = { cause: "start", launched: true, pid: 1, threadId: null };
  const standbysWith = (part: Part) => ({ standby: { ...standbys, list: [standby, part] } });

  it.each<readonly [string, string, Part]>([
    ["slot.attempt", "a whole number", { slot: { ...local.initial().slot, attempt: -1 } }],
    ["policy.n", "a whole number", { policy: { n: "x" } }],
    ["wait.until", "a whole number", { wait: { ...delay, until: 0.5 } }],
    ["wait.since", "a whole number", { wait: { ...delay, since: null } }],
    ["wait.for", "one of delay, not-yet", { wait: { ...delay, for: "x" } }],
    ["wait.cause", CAUSES, { wait: { ...delay, cause: "x" } }],
    ["wait.reason", "a text or null", { wait: { ...delay, reason: 5 } }],
    ["wait", "an object", { wait: 5 }],
    ["seat.startTime", "a text", { seat: { ...seat, startTime: 5 } }],
    ["failed", "one of true, false, null", { failed: 0 }],
    ["failures", "a whole number", { failures: 2 ** 52 + 1 }],
    ["abandoned", "a whole number", { abandoned: null }],
    ["reload", FLAG, { reload: 0 }],
    ["unlimited", FLAG, { unlimited: null }],
    ["over", FLAG, { over: "true" }],
    ["held.reason", "a text", { held: { reason: null, cause: "start" } }],
    ["held.cause", CAUSES, { held: { reason: "x", cause: "x" } }],
    ["ending.by", "one of stop, abort, dispose", { ending: { type: "stopped", by: "x" } }],
    ["ending.reason", "a text", { ending: { ...refused, reason: 5 } }],
    ["ending.retryAfterMs", "a whole number", { ending: { ...refused, retryAfterMs: 0 } }],
    ["ending.retryAfterMs", "a whole number", { ending: { type: "refused", reason: "x" } }],
    ["standby.next", "a whole number", { standby: { ...standbys, next: 0 } }],
    ["standby.spent", FLAG, { standby: { ...standbys, spent: 1 } }],
    ["standby.list", "an array", { standby: { ...standbys, list: {} } }],
    ["standby.list[1]", "an object", { standby: { ...standbys, list: [standby, null] } }],
    ["standby.list[1].standby", "a whole number", standbysWith({ ...standby, standby: 0 })],
    ["standby.list[1].up", FLAG, standbysWith({ ...standby, up: null })],
    ["standby.wait.for", "one of delay, not-yet", { standby: { ...standbys, wait: { until: 1 } } }],
  ])("%s must be %s", (path, expected, part) => {
    const error = refusal(() => read({ ...local.initial(), ...part }));
    expect(error.path).toBe(path);
    expect(error.expected).toContain(expected);
  });

  it.each<readonly [string, string, Part]>([
    ["next", "a whole number", { next: 0 }],
    ["facts", "an array", { facts: null }],
    ["facts[1].type", "one of exited, healthy, reset", { facts: [exited, { type: "launch" }] }],
    ["facts[0].exit", "an exit", { facts: [{ ...exited, exit: null }] }],
    ["facts[0].exit", "an exit", { facts: [{ ...exited, exit: "failed" }] }],
    ["facts[0].failed", FLAG, { facts: [{ ...exited, failed: null }] }],
    ["facts[0].uptimeMs", "a whole number", { facts: [{ ...exited, uptimeMs: -1 }] }],
    ["asking.ask", "a whole number", { asking: { ...asking, ask: 0 } }],
    ["asking.cause", CAUSES, { asking: { ...asking, cause: "x" } }],
    ["asking.draw", "a finite number", { asking: { ...asking, draw: null } }],
    ["asking.wall", "a whole number", { asking: { ...asking, wall: 0.5 } }],
    ["asking.told", "a whole number from 0 to 2", { asking: { ...asking, told: 3 } }],
    ["asking.lingeredMs", "a whole number", { asking: { ...asking, lingeredMs: -1 } }],
  ])("remote.%s must be %s", (path, expected, part) => {
    const state = { ...remote.initial(), remote: { ...asked, ...part } };
    const error = refusal(() => remote.parse(state, 0));
    expect(error.path).toBe(`remote.${path}`);
    expect(error.expected).toContain(expected);
  });

  it.each<readonly [string, Part]>([
    ["states", { states: 5 }],
    ["states.slot", { states: { ...firstVersion.states, slot: null } }],
    ["states.policy.n", { states: { ...firstVersion.states, policy: {} } }],
    ["pending.until", { pending: { for: "delay" } }],
  ])("in a snapshot of version 1: %s", (path, part) => {
    const states = { ...firstVersion.states, policy: { n: 4 } };
    expect(read({ ...firstVersion, states }, 1_500).policy).toEqual({ n: 4 });
    expect(refusal(() => read({ ...firstVersion, states, ...part }, 1_500)).path).toBe(path);
  });

  it.each([1, 2])("the version, unless it is 1 or 2, and the instant (%i)", (version) => {
    expect(refusal(() => read({ version, at: null })).path).toBe("at");
    for (const wrong of [0, 3, null, "2"]) {
      expect(refusal(() => read({ version: wrong, at: 0 })).path).toBe("version");
    }
  });
});

describe("the options it was written under", () => {
  it("do not matter: what they do not have is left out, what they have anew begins", () => {
    const options: SupervisionOptions = { policy, deadlineMs: 100 };
    const timed = supervision(options);
    const bare = supervision({ policy });
    const written = { ...local.initial(), standby: standbys, begunAt: 450 };
    expect(bare.parse(written, 500)).toEqual(bare.initial());
    expect(timed.parse(written, 500)).toEqual({ ...timed.initial(), begunAt: 450 });
    expect(local.parse(bare.initial(), 500)).toEqual(local.initial());
    expect(remote.parse(bare.initial(), 500)).toEqual(remote.initial());
  });
});
