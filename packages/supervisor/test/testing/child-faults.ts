// Children that break the contract, each in one place, and what the suite says of them.

import type { ChildSignal, Launcher } from "../../src/index.js";
import { drained, type ScriptedAttempt } from "../../src/testing.js";
import { type Fault, inVain, noSignal } from "./fault.js";
import { atMost, changed, FAILED, makes, NEVER, overOf, says, turns } from "./made.js";

/** A child whose exit is another one when it is killed after it. */
function endedByKillAfterExit(plan: ScriptedAttempt): () => Launcher {
  return changed(makes(plan), (child) => {
    const isOver = overOf(child);
    let { exited } = child;
    return {
      get exited() {
        return exited;
      },
      kill() {
        if (isOver()) exited = Promise.resolve(FAILED);
      },
    };
  });
}

const ENDS: readonly Fault[] = [
  {
    why: "a failure is called completed",
    makers: { fails: makes({ runMs: 0, exit: { kind: "completed", value: "no part of it" } }) },
    told: { endsBadly: 'it exited {"kind":"completed"}' },
  },
  {
    why: "a good end is called a failure",
    makers: { completes: makes({ runMs: 0, exit: FAILED }) },
    told: { endsWell: 'it exited {"kind":"failed"}' },
  },
  {
    why: "`exited` never settles after a good end",
    makers: { completes: makes({}) },
    told: {
      endsWell: inVain("the exit"),
      settlesOnce: inVain("the exit"),
      launchesAgain: inVain("the first exit"),
      leavesNothing: inVain("the exit"),
    },
  },
  {
    why: "`exited` never settles after a failure",
    makers: { fails: makes({}) },
    told: { endsBadly: inVain("the exit") },
  },
  {
    why: "`exited` rejects",
    makers: { fails: changed(makes({}), () => ({ exited: Promise.reject(new Error("boom")) })) },
    told: { endsBadly: "boom" },
  },
  {
    why: "`exited` is another exit each time it is read",
    makers: {
      completes: changed(makes({ runMs: 0 }), () => ({
        get exited() {
          return Promise.resolve({ kind: "completed" } as const);
        },
      })),
    },
    told: { settlesOnce: "`exited` settled twice, differently" },
  },
  {
    why: "a kill after a good end makes another exit of it",
    makers: { completes: endedByKillAfterExit({ runMs: 0 }) },
    told: { settlesOnce: "`exited` settled twice, differently" },
  },
];

const STOPS: readonly Fault[] = [
  {
    why: "a request to stop is ignored",
    makers: { stopsWhenAsked: makes({ stopMs: NEVER }) },
    told: {
      stops: inVain("the exit after a request to stop"),
      stopsAtOnce: inVain("the exit after a request to stop"),
      isSupervised: inVain("the launch after restart()"),
      leavesNothing: inVain("the exit after a request to stop"),
    },
  },
  {
    why: "a request to stop is ignored, and so is a kill",
    makers: { stopsWhenAsked: makes({ stopMs: NEVER, killMs: NEVER }) },
    told: {
      stops: inVain("the exit after a request to stop"),
      againAndAgain: inVain("the exit after requestStop and kill"),
      stopsAtOnce: inVain("the exit after a request to stop"),
      isSupervised: inVain("the launch after restart()"),
      leavesNothing: inVain("the exit after a request to stop"),
    },
  },
  {
    why: "a request to stop is ignored in the breath of the launch",
    makers: {
      stopsWhenAsked: changed(makes({}), (child) => {
        let isDeaf = true;
        void drained().then(() => {
          isDeaf = false;
        });
        return { requestStop: (reason) => isDeaf || child.requestStop(reason) };
      }),
    },
    told: {
      stopsAtOnce: inVain("the exit after a request to stop"),
      isSupervised: inVain("the launch after restart()"),
      leavesNothing: inVain("the exit after a request to stop"),
    },
  },
  {
    why: "it ends before it is asked",
    makers: { stopsWhenAsked: makes({ runMs: 0 }) },
    told: { stops: "it ended before it was asked" },
  },
  {
    why: "a second request before the exit throws",
    makers: {
      stopsWhenAsked: changed(makes({}), (child) => ({
        requestStop: atMost(child, 1, NEVER, () => child.requestStop("stop")),
      })),
    },
    told: { againAndAgain: "called too often" },
  },
  {
    why: "a second kill before the exit throws",
    makers: {
      stopsWhenAsked: changed(makes({}), (child) => ({
        kill: atMost(child, 1, NEVER, () => child.kill()),
      })),
    },
    told: { againAndAgain: "called too often" },
  },
  {
    why: "a request after the exit throws",
    makers: {
      stopsWhenAsked: changed(makes({}), (child) => ({
        requestStop: atMost(child, NEVER, 0, () => child.requestStop("stop")),
      })),
    },
    told: { againAndAgain: "called too often" },
  },
  {
    why: "a kill after the exit throws",
    makers: {
      stopsWhenAsked: changed(makes({}), (child) => ({
        kill: atMost(child, NEVER, 0, () => child.kill()),
      })),
    },
    told: { againAndAgain: "called too often" },
  },
  {
    why: "a kill after a request to stop was obeyed makes another exit of it",
    makers: { stopsWhenAsked: endedByKillAfterExit({}) },
    told: { againAndAgain: "a kill after the exit changed the exit" },
  },
];

const IGNORES: readonly Fault[] = [
  {
    why: "a kill is ignored",
    makers: { ignoresStop: makes({ stopMs: NEVER, killMs: NEVER }) },
    told: { isKilled: inVain("the exit after a kill") },
  },
  {
    why: "what should be ignored is obeyed, turns later",
    makers: {
      ignoresStop: changed(makes({}), (child) => ({
        requestStop: (reason) => void turns().then(() => child.requestStop(reason)),
      })),
    },
    told: { isKilled: "it ended although it should ignore the request" },
  },
  {
    why: "a kill ends what cannot be killed",
    makers: { ignoresStop: makes({ stopMs: NEVER }), canForce: false, timeoutMs: 5_000 },
    told: { isAbandoned: 'it exited {"kind":"signalled","signal":"SIGKILL"}' },
  },
];

const SIGNALS: readonly Fault[] = [
  {
    why: "it never says that it is ready",
    makers: { saysReady: makes({}) },
    told: { endsSilent: inVain("the first signal"), keepsOrder: inVain("the first signal") },
  },
  {
    why: "what was said before anybody listened is lost, turns later",
    makers: {
      saysReady: changed(makes({ says: [says("ready")] }), (child) => {
        void turns().then(() => child.onSignal(() => {}));
        return {};
      }),
    },
    told: { keepsOrder: inVain("the first signal") },
  },
  {
    why: "signals come out of order",
    makers: { saysReady: makes({ says: [says("heartbeat"), says("ready")] }) },
    told: { keepsOrder: 'the first signal was {"type":"heartbeat"}' },
  },
  {
    why: "the first signal is none",
    makers: {
      saysReady: changed(makes({}), () => ({
        onSignal: (listener) => listener(noSignal(undefined)),
      })),
    },
    told: { keepsOrder: "the first signal was nothing" },
  },
  {
    why: "it says twice that it is ready",
    makers: { saysReady: makes({ says: [says("ready"), says("ready")] }) },
    told: { keepsOrder: "`ready` was reported 2 times" },
  },
  {
    why: "signals follow the exit",
    makers: { saysReady: saysAfterExit({ type: "heartbeat" }, { type: "message", message: 7 }) },
    told: { endsSilent: '{"type":"message","message":7} came after the exit' },
  },
  {
    why: "what JSON cannot hold follows the exit",
    makers: { saysReady: saysAfterExit({ type: "message", message: 1n }) },
    told: { endsSilent: "something that JSON cannot hold came after the exit" },
  },
  {
    why: "something else than a signal follows the exit",
    makers: { saysReady: saysAfterExit(noSignal(null)) },
    told: { endsSilent: "null came after the exit" },
  },
];

/** Says that it is ready, and this when it is over. */
function saysAfterExit(...late: readonly ChildSignal[]): () => Launcher {
  return changed(makes({ says: [says("ready")] }), (child) => ({
    onSignal: (listener) => {
      child.onSignal(listener);
      void child.exited.then(async () => {
        for (let turn = 0; turn < 20; turn++) await undefined;
        for (const signal of late) listener(signal);
      });
    },
  }));
}

export const childFaults: readonly Fault[] = [...ENDS, ...STOPS, ...IGNORES, ...SIGNALS];
