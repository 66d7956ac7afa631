// The laws of decisions by cause. Each is about one kind of step, so that a fault in one breaks one law.
// From a reset to the next exit only `reset-is-fresh` speaks.

import { type LaunchEvent, launch, type RestartEvent } from "@steadfast/policy";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import type { Law } from "../kernel/law.js";
import type { RestartScript } from "../policy-laws/script.js";
import { atLine } from "../policy-laws/script-law.js";
import { tell } from "../policy-laws/tell.js";
import { asPolicyLaws } from "./as-policy-laws.js";
import { A_REFUSAL, noteAnswers } from "./composition.js";
import { claimContract, claimFresh } from "./contract-laws.js";
import { type WatchedMoment, type WhenSubject, watch, whenLaw } from "./when-law.js";

const A_MATCH = "an exit that matches";
const ANOTHER = "an exit that does not match";

const askedOncePerExit = whenLaw({
  name: "asked-once-per-exit",
  says: "the predicate is called once per exit, with that exit, and for nothing else",
  cases: [A_MATCH, ANOTHER],
  holds(told, reached) {
    watch(told).forEach(({ event, asked, last }, i) => {
      const exits = event.type === "exited" ? [event.exit] : [];
      if (event.type === "exited") reached(last ? A_MATCH : ANOTHER);
      const same = asked.length === exits.length && asked.every((exit, j) => exit === exits[j]);
      atLine(i, () => claim(same, () => `the predicate was called with ${show(asked)}`));
    });
  },
});

const answerIsKept = whenLaw({
  name: "answer-is-kept-in-the-state",
  says: "another one of the same parts goes on from any state as this one did",
  cases: [A_MATCH, ANOTHER],
  holds({ when, predicate, member, script }, reached) {
    tell(when(predicate, member), script).forEach(({ event, before, after, now, decision }, i) => {
      if (event.type === "exited") reached(predicate(event.exit) ? A_MATCH : ANOTHER);
      const [next, answer] = when(predicate, member).step(before, event, now);
      atLine(i, () => {
        claimSame(answer, decision, `another one decided from ${show(before)}`);
        claimSame(next, after, `another one left from ${show(before)}`);
      });
    });
  },
});

/** The moments of requests of one cause after an exit of one kind. */
function requests(
  moments: readonly WatchedMoment[],
  cause: LaunchEvent["cause"],
  about: (last: WatchedMoment["last"]) => boolean,
  holds: (moment: WatchedMoment) => void,
): void {
  moments.forEach((moment, i) => {
    const { event, last } = moment;
    if (event.type !== "launch" || event.cause !== cause || !about(last)) return;
    atLine(i, () => holds(moment));
  });
}

/** A launch at once, of which the member heard nothing. */
function claimPassed({ decision, stepped }: WatchedMoment): void {
  claimSame(decision, launch(), "the decision");
  claimStepped(stepped, []);
}

/** What the member was asked, and what it answered. */
function claimAnswered({ event, decision, stepped }: WatchedMoment): void {
  claimStepped(stepped, [event]);
  claimSame(decision, stepped[0]?.answer, "the policy's decision");
}

function claimStepped(stepped: WatchedMoment["stepped"], expected: readonly RestartEvent[]): void {
  const events = stepped.map(({ event }) => event);
  claim(
    deepEqual(events, expected),
    () => `the policy was stepped with ${show(events)}, not ${show(expected)}`,
  );
}

const matchesAreDecided = whenLaw({
  name: "matches-are-decided-by-the-policy",
  says: "after an exit that matches a restart is put to the policy once, and its decision stands",
  cases: [A_REFUSAL, "a delay"],
  holds(told, reached) {
    const moments = watch(told);
    noteAnswers(moments, reached);
    requests(moments, "restart", (last) => last === true, claimAnswered);
  },
});

const othersLaunch = whenLaw({
  name: "others-launch-at-once",
  says: "after an exit that does not match, or before the first, a restart launches at once and costs the policy nothing",
  cases: [ANOTHER],
  holds(told, reached) {
    const isOther = (last: WatchedMoment["last"]) => last === false || last === null;
    requests(watch(told), "restart", isOther, (moment) => {
      if (moment.last === false) reached(ANOTHER);
      claimPassed(moment);
    });
  },
});

const AFTER_A_MATCH = "after an exit that matches";
const AFTER_ANOTHER = "after another exit";

const operatorFollows = whenLaw({
  name: "operator-follows-the-last-exit",
  says: "an operator's request is decided as a restart: by the policy if the last exit matched, else at once",
  cases: [AFTER_A_MATCH, AFTER_ANOTHER],
  holds(told, reached) {
    requests(
      watch({ ...told, script: byCause(told.script, "operator") }),
      "operator",
      (last) => last !== undefined,
      (moment) => {
        if (moment.last !== null) reached(moment.last ? AFTER_A_MATCH : AFTER_ANOTHER);
        if (moment.last) claimAnswered(moment);
        else claimPassed(moment);
      },
    );
  },
});

const startIsNotAsked = whenLaw({
  name: "start-is-not-asked",
  says: "a start launches at once whatever the last exit was, and costs the policy nothing",
  cases: [AFTER_A_MATCH, AFTER_ANOTHER],
  holds(told, reached) {
    requests(
      watch({ ...told, script: byCause(told.script, "start") }),
      "start",
      (last) => last !== undefined,
      (moment) => {
        if (moment.last !== null) reached(moment.last ? AFTER_A_MATCH : AFTER_ANOTHER);
        claimPassed(moment);
      },
    );
  },
});

/** The script with every other request for that reason. */
function byCause(script: RestartScript, cause: LaunchEvent["cause"]): RestartScript {
  let requests = 0;
  const changed = <Line extends { readonly event: { readonly type: string } }>(line: Line): Line =>
    line.event.type === "launch" && requests++ % 2 === 1
      ? { ...line, event: { ...line.event, cause } }
      : line;
  return script.map((item) =>
    "lines" in item ? { ...item, lines: item.lines.map(changed) } : changed(item),
  );
}

const factsReach = whenLaw({
  name: "facts-reach-the-policy",
  says: "an exit that matches, `healthy` and `reset` reach the policy once; another exit is not",
  cases: [A_MATCH, ANOTHER, "healthy after another exit", "a reset"],
  holds(told, reached) {
    watch(told).forEach(({ event, stepped, last }, i) => {
      if (event.type === "launch") return;
      if (event.type === "exited") reached(last ? A_MATCH : ANOTHER);
      if (event.type === "healthy" && last === false) reached("healthy after another exit");
      if (event.type === "reset") reached("a reset");
      const isForIt = event.type !== "exited" || last === true;
      atLine(i, () => claimStepped(stepped, isForIt ? [event] : []));
    });
  },
});

const keepsTheContract = whenLaw({
  name: "keeps-the-contract",
  says: "it mutates nothing, is quiet, JSON-safe and read back, the answer included, and decides without fault",
  cases: [A_REFUSAL],
  holds({ when, predicate, member, script }, reached) {
    const policy = when(predicate, member);
    const moments = tell(policy, script);
    noteAnswers(moments, reached);
    claimContract(policy, moments);
  },
});

const resetIsFresh = whenLaw({
  name: "reset-is-fresh",
  says: "after a reset it decides as a fresh one: the last exit is forgotten, too",
  cases: [A_REFUSAL],
  holds({ when, predicate, member, script, after }, reached) {
    noteAnswers(claimFresh(when(predicate, member), script, after), reached);
  },
});

export const whenLaws: readonly Law<WhenSubject>[] = [
  askedOncePerExit,
  answerIsKept,
  matchesAreDecided,
  othersLaunch,
  operatorFollows,
  startIsNotAsked,
  factsReach,
  keepsTheContract,
  resetIsFresh,
  ...asPolicyLaws([1, 1]).map((law) => ({
    ...law,
    trial: ({ ofOneCause }: WhenSubject) => law.trial(ofOneCause),
  })),
];
