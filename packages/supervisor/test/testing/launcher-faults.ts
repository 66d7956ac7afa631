// Launchers that break the contract at a launch, and what the suite says of them.

import type { LiveChild } from "../../src/index.js";
import { type Fault, inVain, noSignal } from "./fault.js";
import { atMost, changed, FAILED, makes, makesEach, NEVER, says } from "./made.js";

const LAUNCHES: readonly Fault[] = [
  {
    why: "a launcher gives the same child again",
    makers: {
      completes: () => {
        let child: LiveChild | undefined;
        return {
          launch(info) {
            child ??= makes({ runMs: 0 })().launch(info);
            return child;
          },
        };
      },
    },
    told: { launchesAgain: "the second launch returned the first child" },
  },
  {
    why: "its second child never ends",
    makers: { completes: makesEach({ runMs: 0 }, {}) },
    told: { launchesAgain: inVain("the second exit") },
  },
  {
    why: "its second child ends otherwise",
    makers: { completes: makesEach({ runMs: 0 }, { runMs: 0, exit: FAILED }) },
    told: { launchesAgain: 'first {"kind":"completed"}, then {"kind":"failed"}' },
  },
];

const SUPERVISED: readonly Fault[] = [
  {
    why: "its second child cannot be stopped",
    makers: { stopsWhenAsked: makesEach({}, { stopMs: NEVER, killMs: NEVER }) },
    told: { isSupervised: inVain("the outcome after stop()") },
  },
  {
    why: "its second child says what is no signal",
    makers: {
      stopsWhenAsked: makesEach(
        {},
        { says: [{ afterMs: 0, signal: noSignal({ type: "hello" }) }] },
      ),
    },
    told: { isSupervised: "the outcome is failed" },
  },
  {
    why: "it does not start again at the first attempt",
    makers: {
      stopsWhenAsked: () => {
        let launches = 0;
        return {
          launch(info) {
            launches++;
            return makes(launches === 2 ? { throws: new Error("EAGAIN") } : {})().launch(info);
          },
        };
      },
      timeoutMs: 5_000,
    },
    told: { isSupervised: "it was launched 3 times" },
  },
];

const REFUSALS: readonly Fault[] = [
  {
    why: "a refusal is thrown",
    makers: { cannotStart: makes({ throws: new Error("ENOENT") }) },
    told: { isRefused: "ENOENT" },
  },
  {
    why: "a refusal is never told",
    makers: { cannotStart: makes({}) },
    told: { isRefused: inVain("the exit") },
  },
  {
    why: "a refusal is a failure like any other",
    makers: { cannotStart: makes({ runMs: 0, exit: { kind: "failed", error: "ENOENT" } }) },
    told: {
      isRefused: 'it exited {"kind":"failed","error":{"name":"string","message":"ENOENT"}}',
    },
  },
  {
    why: "a refusal does not say why",
    makers: { cannotStart: makes({ cannotStart: undefined }) },
    told: { isRefused: "the exit does not say why" },
  },
  {
    why: "what could not start says that it is ready",
    makers: {
      cannotStart: makes({
        says: [says("ready")],
        runMs: 0,
        exit: { kind: "spawn-failed", error: "ENOENT" },
      }),
    },
    told: { isRefused: 'it said {"type":"ready"}' },
  },
  {
    why: "what could not start throws when it is asked to stop",
    makers: {
      cannotStart: changed(makes({ cannotStart: "ENOENT" }), (child) => ({
        requestStop: atMost(child, 0, 0, () => {}),
      })),
    },
    told: { isRefused: "called too often" },
  },
  {
    why: "what could not start throws when it is killed",
    makers: {
      cannotStart: changed(makes({ cannotStart: "ENOENT" }), (child) => ({
        kill: atMost(child, 0, 0, () => {}),
      })),
    },
    told: { isRefused: "called too often" },
  },
];

export const launcherFaults: readonly Fault[] = [...LAUNCHES, ...SUPERVISED, ...REFUSALS];
