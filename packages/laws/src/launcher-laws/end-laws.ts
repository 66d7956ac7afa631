// Laws about ending a child from outside, and about what is left afterwards.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { childrenOf, exitIndex, launcherLaw, wasDone } from "./launcher-law.js";
import type { PlayedAttempt } from "./play-trace.js";
import type { RawRecord } from "./runtime-record.js";
import type { LauncherSubject } from "./subject.js";

function callsOf({ raws }: PlayedAttempt, call: "ask" | "force" | "send") {
  return raws.flatMap(({ calls }) => calls.filter((one) => one.call === call));
}

function times({ steps }: PlayedAttempt, act: string): number {
  return steps.filter((step) => step.type === "act" && step.act === act).length;
}

/** Whether the story did this to it before its exit. */
function wasOrdered(attempt: PlayedAttempt, act: "requestStop" | "kill"): boolean {
  const before = attempt.steps.slice(0, exitIndex(attempt));
  return before.some((step) => step.type === "act" && step.act === act && !step.isLastResort);
}

function wasReached({ calls }: RawRecord): boolean {
  return calls.some(({ call }) => call === "ask" || call === "force");
}

/** Whether it did not end by what the story did to it. */
function neededMore({ steps }: PlayedAttempt): boolean {
  return steps.some((step) => step.type === "act" && step.isLastResort);
}

function isAtLaunch({ attempt }: PlayedAttempt, wanted: "requestStop" | "kill"): boolean {
  return attempt.acts.some(({ when, act }) => when === "launch" && act === wanted);
}

export const endLaws: readonly Law<LauncherSubject>[] = [
  launcherLaw({
    name: "stop-is-asked",
    says: "A child that runs is asked to end when `requestStop` is called, and if it obeys it exits.",
    cases: () => ["it obeyed", "in the turn of the launch"],
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const { nth, raws } = attempt;
        const [raw] = raws;
        if (!wasOrdered(attempt, "requestStop") || wasOrdered(attempt, "kill")) continue;
        if (raw && (raw.script.start ?? "runs") !== "runs") continue;
        if (raw && !wasReached(raw)) {
          claim(
            raw.script.runMs !== null,
            () => `${nth}: requestStop was called, and the child was not asked`,
          );
          continue;
        }
        // A task that is asked before it was called need not be called at all.
        if (raw?.script.stopMs === null) continue;
        claim(!neededMore(attempt), () => `${nth}: the child obeyed, and there is no exit`);
        reached("it obeyed");
        if (isAtLaunch(attempt, "requestStop")) reached("in the turn of the launch");
      }
    },
  }),

  launcherLaw({
    name: "kill-ends-it",
    says: "`kill` leads to the exit wherever the child can be ended by force, also in the turn of the launch and after a request that was ignored.",
    cases: () => ["killed", "in the turn of the launch", "after a request that was ignored"],
    check(played, reached, { forces }) {
      for (const attempt of childrenOf(played)) {
        const { nth, raws } = attempt;
        if (!wasOrdered(attempt, "kill")) continue;
        if (forces && raws.some(({ script }) => script.killMs === null)) continue;
        claim(!neededMore(attempt), () => `${nth}: it was killed, and there is no exit`);
        reached("killed");
        if (isAtLaunch(attempt, "kill")) reached("in the turn of the launch");
        if (wasDone(attempt, "requestStop") && raws.some(({ script }) => script.stopMs === null)) {
          reached("after a request that was ignored");
        }
      }
    },
  }),

  launcherLaw({
    name: "calls-are-idempotent",
    says: "`requestStop` and `kill` may be called at any time and as often as one likes: they never throw, and the child is asked once and forced once.",
    cases: () => ["asked twice", "killed twice", "called after the exit"],
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const { nth, steps } = attempt;
        for (const step of steps) {
          if (step.type !== "act" || step.act === "send") continue;
          claim(
            step.threw === null,
            () => `${nth}: ${step.act} threw ${String(step.threw?.error)}`,
          );
        }
        const asks = callsOf(attempt, "ask").length;
        const forces = callsOf(attempt, "force").length;
        claim(asks < 2, () => `${nth}: the child was asked ${asks} times`);
        claim(forces < 2, () => `${nth}: the child was forced ${forces} times`);
        if (times(attempt, "requestStop") > 1) reached("asked twice");
        if (times(attempt, "kill") > 1) reached("killed twice");
        if (steps.slice(exitIndex(attempt)).some(({ type }) => type === "act")) {
          reached("called after the exit");
        }
      }
    },
  }),

  launcherLaw({
    name: "only-when-told",
    says: "A child is asked, forced and sent something only when its own attempt was: nothing that is done to another reaches it.",
    cases: () => ["two children"],
    check(played, reached) {
      const all = childrenOf(played);
      for (const attempt of all) {
        const { nth, steps } = attempt;
        const astray = steps.find((step) => step.type === "act" && step.reachedOthers);
        claim(!astray, () => `${nth}: what was done to it reached another child`);
        const asks = callsOf(attempt, "ask").length;
        const forces = callsOf(attempt, "force").length;
        const stops = times(attempt, "requestStop");
        const kills = times(attempt, "kill");
        claim(stops + kills > 0 || asks === 0, () => `${nth}: nobody called, and it was asked`);
        claim(stops + kills > 0 || forces === 0, () => `${nth}: nobody called, and it was forced`);
        const sends = callsOf(attempt, "send").length;
        claim(
          sends <= times(attempt, "send"),
          () => `${nth}: it was sent ${sends} messages, of which nobody knows`,
        );
      }
      if (all.filter(({ raws }) => raws.length > 0).length > 1) reached("two children");
    },
  }),

  launcherLaw({
    name: "the-dead-are-left-alone",
    says: "After the runtime has told the exit nothing is done to the child any more: by then its number may be somebody else's.",
    cases: () => ["called after the exit"],
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const late = attempt.raws.flatMap(({ calls }) => calls.filter(({ isLate }) => isLate));
        claim(
          late.length === 0,
          () => `${attempt.nth}: \`${late[0]?.call}\` reached a child that had ended`,
        );
        const after = attempt.steps.slice(exitIndex(attempt));
        if (attempt.raws.length > 0 && after.some(({ type }) => type === "act")) {
          reached("called after the exit");
        }
      }
    },
  }),

  launcherLaw({
    name: "nothing-is-left",
    says: "When all children have ended no timer is set and nobody listens to what they shared.",
    cases: () => ["two children"],
    check(played, reached) {
      const { left } = played;
      const all = childrenOf(played);
      if (all.some((attempt) => attempt.raws.some(({ alive }) => alive))) return;
      claim(left.timers === 0, () => `${left.timers} timers are left`);
      claim(left.hostListeners === 0, () => `${left.hostListeners} listeners are left on the host`);
      if (all.length > 1) reached("two children");
    },
  }),
];
