// A policy against a deliberately simple twin that was written from the rules alone: whole decisions are
// compared, reasons and waits included, event by event.

import {
  type Millis,
  PolicyOptionsError,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  readArguments,
  readPolicy,
} from "@steadfast/policy";
import { claimSame } from "../kernel/claim.js";
import { type Law, trial } from "../kernel/law.js";
import { paste } from "../kernel/paste.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import { type CheckOptions, checkSettings, skipped, trySettings } from "../kernel/settings.js";
import { textTable } from "../kernel/text-table.js";
import { tryLaw } from "../kernel/try-law.js";
import { unbroken } from "../kernel/unbroken.js";
import { aDelay, aRefusal } from "./meets.js";
import { readPolicyCheckOptions } from "./options.js";
import type { RestartScript } from "./script.js";
import { atLine } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import { type PolicySubject, policySubject } from "./subject.js";
import { decisionText, eventText, fitting, storyRows } from "./table.js";
import { type Moment, tell } from "./tell.js";

/**
 * The same rules, written a second time as simply as can be: no sharing, no caching, no cleverness.
 * @since 0.1.0
 */
export interface PolicyTwin<State> {
  /** The state before anything has happened; it may be anything, and may be changed in place. */
  initial(): State;
  /** What is decided, and the state that it leaves. */
  step(state: State, event: RestartEvent, now: Millis): readonly [State, RestartDecision];
}

/**
 * How a policy is compared with its twin.
 * @since 0.1.0
 */
export interface OracleOptions<PolicyState, TwinState> extends CheckOptions {
  /** Durations that `describe.timesMs` does not have, whole, from 1 to 2^53-1. Default: none. */
  readonly timesMs?: readonly Millis[];
  /** Compares the two states after each event; throws if they do not agree. Default: nothing. */
  readonly also?: (policyState: PolicyState, twinState: TwinState, now: Millis) => void;
}

interface Pair {
  readonly subject: PolicySubject;
  readonly twin: PolicyTwin<unknown>;
  readonly also: (policyState: unknown, twinState: unknown, now: Millis) => void;
}

const oracle: Law<Pair> = {
  name: "matches-oracle",
  says: "the policy and its twin decide the same, reasons, delays and waits included",
  trial({ subject, twin, also }) {
    const { policy, probe } = subject;
    const cases = [aRefusal, aDelay].filter((meets) => subject.comesTo(meets));
    const rarest = [...cases].sort((a, b) => probe.find(a).share - probe.find(b).share)[0];
    return trial<RestartScript>({
      inputs: rarest ? probe.scriptsTo(rarest) : subject.scripts,
      cases: cases.map(({ name }) => name),
      always: subject.longScripts,
      shorter: shorterScript,
      holds(script, reached) {
        let state = twin.initial();
        tell(policy, script).forEach((moment, i) => {
          const { event, now, decision, after } = moment;
          atLine(i, () => {
            const [next, expected] = twin.step(state, event, now);
            state = next;
            claimSame(decision, expected, "the policy and its twin differ");
            also(after, state, now);
          });
          for (const meets of cases) if (meets.at(moment)) reached(meets.name);
        });
      },
      show: (script) => bothTable(policy, twin, script),
    });
  },
};

function bothTable(
  policy: RestartPolicy,
  twin: PolicyTwin<unknown>,
  script: RestartScript,
): string {
  let state = twin.initial();
  const moments = tell(policy, script);
  const rows = storyRows(script, (_, i) => {
    const { event, now, decision } = moments[i] as Moment;
    const [next, expected] = twin.step(state, event, now);
    state = next;
    return [`${i + 1}`, `${now}`, eventText(event), decisionText(decision), decisionText(expected)];
  });
  return textTable([["#", "now", "event", "policy", "twin"], ...fitting(rows)]);
}

/**
 * Compares a policy with a deliberately simple twin, on whole decisions: what contract laws cannot see,
 * such as one more than the limit, or a reason that is wrong.
 *
 * Effect: runs both on some hundred scripts, in which time never goes back. Errors: `LawsBrokenError`
 * at the first difference, with the shrunk script as a table of both; `PolicyOptionsError` for bad
 * options.
 *
 * @since 0.1.0
 * @example
 * const twin: PolicyTwin<number> = {
 *   initial: () => 0,
 *   step(restarts, event) {
 *     if (event.type === "reset") return [0, { type: "noted" }];
 *     if (event.type !== "launch") return [restarts, { type: "noted" }];
 *     if (event.cause === "start") return [restarts, { type: "launch", delayMs: 0 }];
 *     if (restarts < 2) return [restarts + 1, { type: "launch", delayMs: 0 }];
 *     return [restarts, { type: "refuse", reason: "cap-reached", retryAfterMs: null }];
 *   },
 * };
 * matchesOracle(lifetimeCap({ restarts: 2 }), twin).passed; // => ["matches-oracle"]
 */
export function matchesOracle<PolicyState, TwinState>(
  policy: RestartPolicy<PolicyState>,
  twin: PolicyTwin<TwinState>,
  options: OracleOptions<PolicyState, TwinState> = {},
): LawReport {
  readArguments("matchesOracle", arguments, 3);
  readPolicy("matchesOracle", "policy", policy);
  if (typeof twin?.initial !== "function" || typeof twin.step !== "function") {
    throw new PolicyOptionsError("matchesOracle", "twin", "a twin with initial() and step()", twin);
  }
  const { timesMs, also = () => {}, ...rest } = options;
  const scale = timesMs ? { timesMs } : {};
  readPolicyCheckOptions("matchesOracle", scale);
  const settings = checkSettings("matchesOracle", rest, [oracle], []);
  const pair: Pair = {
    subject: policySubject(policy, scale),
    twin,
    also: also as Pair["also"],
  };
  const result = skipped(oracle, settings) ?? tryLaw(oracle, pair, trySettings(oracle, settings));
  return unbroken(lawReport(policy.name, [result]), pasteOracle);
}

const pasteOracle = paste("matchesOracle(policy, twin");
