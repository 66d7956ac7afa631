// A delay is finite, stands for an instant, is within its cap, and spread.

import type { LaunchEvent, RestartPolicy } from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { isClose } from "./close.js";
import { type Attempt, type CrashLoop, crashLoop } from "./crash-loop.js";
import { loopTable, shorterLoop } from "./loop-table.js";
import { aDelay } from "./meets.js";
import { drawOf, pick } from "./script.js";
import { atLine, notRun, type PolicyLaw, scriptLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { WALL } from "./tell.js";

const HIGHEST = 1 - 2 ** -53;
/** Beyond these counts lie the ends of what a shift, a power and a double can hold. */
const LIVES = [2, 3, 4, 5, 6, 8, 12, 20, 35, 70, 140, 1_100];

/** Children that die again and again, mostly at once. */
function loops({ times }: PolicySubject): Arbitrary<CrashLoop> {
  return fc.tuple(fc.nat(15), fc.nat(7), fc.nat(63)).map(([lives, life, draw]) => ({
    lives: LIVES[lives] ?? pick(LIVES.slice(0, -2), lives),
    lifeMs: life < 6 ? 0 : pick(times, draw),
    healthyAfterMs: null,
    healthyFrom: 0,
    draw: drawOf(draw),
  }));
}

/** What the request for an attempt is answered with another draw. */
function answerWith(policy: RestartPolicy, { before, askedAt }: Attempt, draw: number) {
  const event: LaunchEvent = { type: "launch", cause: "restart", draw, wall: WALL + askedAt };
  return policy.step(before, event, askedAt)[1];
}

const A_DELAY = "a delay";

/** A child that dies at once, as often as any loop does: the ends of all that counts are behind it. */
const ALWAYS: readonly CrashLoop[] = [0, 0.5, HIGHEST].map((draw) => ({
  lives: 1_100,
  lifeMs: 0,
  healthyAfterMs: null,
  healthyFrom: 0,
  draw,
}));

interface LoopLaw {
  readonly name: string;
  readonly says: string;
  readonly advice?: string;
  readonly unless?: (subject: PolicySubject) => string | null;
  readonly holds: (subject: PolicySubject, attempts: readonly Attempt[]) => void;
}

/** A law about the delays of a child that dies again and again. */
function loopLaw({ unless, holds, ...sign }: LoopLaw): PolicyLaw {
  return {
    ...sign,
    trial(subject) {
      const reason = notRun(subject, aDelay, unless) ?? neverInLoops(subject);
      if (reason !== null) return reason;
      const { policy } = subject;
      return trial<CrashLoop>({
        inputs: loops(subject),
        always: ALWAYS,
        shorter: shorterLoop,
        cases: [A_DELAY],
        holds(loop, reached) {
          const attempts = crashLoop(policy, loop);
          if (attempts.some(delays)) reached(A_DELAY);
          holds(subject, attempts);
        },
        show: (loop) => loopTable(loop, crashLoop(policy, loop)),
      });
    },
  };
}

const delays = ({ first }: Attempt) => first.type === "launch" && first.delayMs > 0;

function neverInLoops({ policy }: PolicySubject): string | null {
  const loop = { lives: 24, lifeMs: 0, healthyAfterMs: null, healthyFrom: 0, draw: 0.5 };
  return crashLoop(policy, loop).some(delays) ? null : "it never delays a child that dies at once";
}

const delayFinite = loopLaw({
  name: "delay-finite",
  says: "a delay is finite and at least 0, after any number of failures and with any draw",
  holds({ policy }, attempts) {
    for (const [i, attempt] of attempts.slice(1).entries()) {
      for (const draw of [0, 0.5, HIGHEST]) {
        const answer = answerWith(policy, attempt, draw);
        if (answer.type !== "launch") continue;
        const { delayMs } = answer;
        const fine = Number.isFinite(delayMs) && delayMs >= 0;
        claim(fine, () => `after ${i + 1} failures, with draw ${draw}: ${show(answer)}`);
      }
    }
  },
});

const withinCap = loopLaw({
  name: "within-cap",
  says: "no delay is longer than the declared capMs, with any draw",
  advice: "If longer delays are meant, leave `capMs` out of `describe`.",
  unless: ({ describe }) => (describe?.capMs === undefined ? "it declares no capMs" : null),
  holds({ policy, describe }, attempts) {
    const capMs = describe?.capMs ?? 0;
    for (const [i, attempt] of attempts.slice(1).entries()) {
      for (const draw of [0, 0.5, HIGHEST]) {
        const answer = answerWith(policy, attempt, draw);
        const fine = answer.type !== "launch" || answer.delayMs <= capMs;
        claim(fine, () => `after ${i + 1} failures, draw ${draw}, cap ${capMs}: ${show(answer)}`);
      }
    }
  },
});

const askedLaterIsShorter = scriptLaw({
  name: "asked-later-is-shorter",
  says: "a delay stands for an instant: asked x ms later with the same draw it is x shorter, down to 0",
  about: aDelay,
  holds({ policy }, { event, before, after, now, decision }) {
    if (decision.type !== "launch" || event.type !== "launch") return;
    const { delayMs } = decision;
    for (const x of [1, Math.floor(delayMs / 2), Math.ceil(delayMs), Math.ceil(delayMs) + 1]) {
      const request = { ...event, wall: event.wall + x };
      // Asked again, what counts may refuse; asked for the first time, what runs from the request is whole.
      const [first, again] = [before, after].map(
        (state) => policy.step(state, request, now + x)[1],
      );
      const left = Math.max(0, delayMs - x);
      const shorter = (answer: typeof first) =>
        answer?.type === "launch" && isClose(answer.delayMs, left);
      if (shorter(first) || shorter(again) || again?.type === "refuse") continue;
      claim(false, () => `asked ${x} ms later: ${show(again)}, ${left} were left of ${delayMs}`);
    }
  },
});

/** Failures in a row in which a delay that grows must be seen to grow. */
const GROWTH = 24;

/** The delays given at once after each failure of a loop. */
function delaysOf(attempts: readonly Attempt[]): readonly number[] {
  return attempts.slice(1).flatMap(({ first }) => (first.type === "launch" ? [first.delayMs] : []));
}

/** A coarse clock cuts off what it rounds. */
const notShorter = (one: number, next: number, roundedMs: number) =>
  next >= one - roundedMs || isClose(one, next);

function growsNot({ policy, roundedMs }: PolicySubject): string | null {
  const loop = { lives: GROWTH + 1, lifeMs: 0, healthyAfterMs: null, healthyFrom: 0, draw: 0.5 };
  const given = delaysOf(crashLoop(policy, loop));
  const early = given.slice(0, GROWTH / 2);
  const grows =
    early.some((ms, i) => ms > (early[i - 1] ?? ms)) &&
    given.every((ms, i) => notShorter(given[i - 1] ?? ms, ms, roundedMs));
  return grows ? null : `its delay does not grow over the first ${GROWTH} failures`;
}

const monotone = loopLaw({
  name: "monotone-before-jitter",
  says: "with the same draw each failure in a row waits at least as long as the one before",
  unless: growsNot,
  holds({ roundedMs }, attempts) {
    const given = delaysOf(attempts);
    given.forEach((delayMs, i) => {
      const before = given[i - 1] ?? 0;
      atLine(i + 1, () =>
        claim(notShorter(before, delayMs, roundedMs), () => `${before}, and then ${delayMs}`),
      );
    });
  },
});

export const delayLaws: readonly PolicyLaw[] = [
  delayFinite,
  withinCap,
  askedLaterIsShorter,
  monotone,
];
