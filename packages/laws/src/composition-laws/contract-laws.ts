// Laws that every combinator keeps, and those of hints and refusals.

import { decisionFault, type RestartPolicy } from "@steadfast/policy";
import { claim, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { claimPlainJson } from "../policy-laws/pure-laws.js";
import type { RestartScript } from "../policy-laws/script.js";
import { atLine, claimSameDecisions } from "../policy-laws/script-law.js";
import { decisionsOf, endOf, launchedAt, type Moment, tell } from "../policy-laws/tell.js";
import {
  A_REFUSAL,
  A_WAIT,
  type CompositionLaw,
  compositionLaw,
  noteAnswers,
} from "./composition.js";

type Size = readonly [least: number, most: number];

/** It mutated nothing, was quiet, is JSON-safe and read back, and decided without fault. */
export function claimContract(composed: RestartPolicy, moments: readonly Moment[]): void {
  moments.forEach((moment, i) => {
    const { event, before, after, decision } = moment;
    atLine(i, () => {
      const fault = decisionFault(event, decision);
      claim(fault === null, () => `${fault}; the decision was ${show(decision)}`);
      claimPlainJson(after, "the state");
      claim(before === after || !deepEqual(before, after), () => `a copy of ${show(before)}`);
      const read = composed.parse(JSON.parse(JSON.stringify(after)), launchedAt(moment));
      claim(deepEqual(read, after), () => `${show(after)} was read as ${show(read)}`);
      composed.step(deepFreeze(before), deepFreeze(event), moment.now);
    });
  });
}

/** After the script and a reset it decides what follows as a fresh one. */
export function claimFresh(
  composed: RestartPolicy,
  script: RestartScript,
  after: RestartScript,
): readonly Moment[] {
  const moments = tell(composed, [...script, { gapMs: 0, event: { type: "reset" } }]);
  const { now: at, state } = endOf(composed, moments);
  const fresh = decisionsOf(tell(composed, after, { at }));
  const answers = decisionsOf(tell(composed, after, { at, state }));
  claimSameDecisions(answers, fresh, "after a reset it decided");
  return moments;
}

/** Laws of every combinator. */
export function contractLaws(size: Size): readonly CompositionLaw[] {
  return [
    compositionLaw({
      name: "keeps-the-contract",
      says: "a composition mutates nothing, is quiet, JSON-safe and read back, and decides without fault",
      size,
      cases: [A_REFUSAL],
      holds({ composed, script }, reached) {
        const moments = tell(composed, script);
        noteAnswers(moments, reached);
        claimContract(composed, moments);
      },
    }),
    compositionLaw({
      name: "reset-is-fresh",
      says: "after a reset a composition decides as a fresh one",
      size,
      cases: [A_REFUSAL],
      holds({ composed, script, after }, reached) {
        noteAnswers(claimFresh(composed, script, after), reached);
      },
    }),
  ];
}

/**
 * What a hint is worth where members are willing and unwilling alternately, each with exact hints of its
 * own. `isFirst`: nothing sooner would have been granted.
 */
export const hintIsKept = (size: Size, isFirst: boolean): CompositionLaw =>
  compositionLaw({
    name: "hint-is-kept",
    says: `also of members that are willing and unwilling alternately, a request at the hint is launched${isFirst ? ", and none sooner" : ""}`,
    size,
    exact: true,
    cases: [ALTERNATELY],
    holds({ composed, script, steady }, reached) {
      tell(composed, script).forEach(({ event, now, after, decision }, i) => {
        if (decision.type !== "refuse" || event.type !== "launch") return;
        const { retryAfterMs: wait } = decision;
        if (wait === null) return;
        if (!steady) reached(ALTERNATELY);
        const asked = (ms: number) =>
          composed.step(after, { ...event, wall: event.wall + ms }, now + ms)[1];
        atLine(i, () => {
          const then = asked(wait);
          claim(then.type === "launch", () => `told to wait ${wait}, asked then: ${show(then)}`);
          for (const ms of isFirst ? [wait - 1, Math.floor(wait / 2), Math.floor(wait / 3)] : []) {
            const sooner = asked(ms);
            claim(
              sooner.type === "refuse",
              () => `told to wait ${wait}, after ${ms}: ${show(sooner)}`,
            );
          }
        });
      });
    },
  });

const ALTERNATELY = "a wait for one that is willing alternately";

/** A hint of steady members is exact. */
export const hintExact = (size: Size): CompositionLaw =>
  compositionLaw({
    name: "hint-exact",
    says: "of steady members a hint is exact: refused one millisecond sooner, launched at it",
    size,
    steady: true,
    cases: [A_WAIT],
    holds({ composed, script }, reached) {
      const moments = tell(composed, script);
      noteAnswers(moments, reached);
      moments.forEach(({ event, now, after, decision }, i) => {
        if (decision.type !== "refuse" || event.type !== "launch") return;
        const { retryAfterMs: wait } = decision;
        if (wait === null) return;
        const [sooner, then] = [wait - 1, wait].map(
          (ms) => composed.step(after, { ...event, wall: event.wall + ms }, now + ms)[1],
        );
        atLine(i, () => {
          claim(
            sooner?.type === "refuse",
            () => `told to wait ${wait}, 1 ms sooner: ${show(sooner)}`,
          );
          claim(then?.type === "launch", () => `told to wait ${wait}, asked then: ${show(then)}`);
        });
      });
    },
  });

/** What a refusal costs, seen from outside: nothing. */
export const refusalCostsNothing = (size: Size): CompositionLaw =>
  compositionLaw({
    name: "refusal-costs-nothing",
    says: "a refused launch costs the willing members nothing: what follows is decided as if it had not been asked for",
    size,
    steady: true,
    cases: [A_REFUSAL],
    holds({ composed, script, after }, reached) {
      const moments = tell(composed, script);
      noteAnswers(moments, reached);
      const refused = moments.filter(({ decision }) => decision.type === "refuse");
      for (const { now, before, after: state, decision } of refused.slice(-4)) {
        const waitMs = (decision.type === "refuse" && decision.retryAfterMs) || 0;
        for (const at of [now, now + waitMs]) {
          const spared = decisionsOf(tell(composed, after, { at, state: before }));
          const answers = decisionsOf(tell(composed, after, { at, state }));
          claimSameDecisions(
            answers,
            spared,
            `after the refusal at ${now}, from ${at} on, it decided`,
          );
        }
      }
    },
  });
