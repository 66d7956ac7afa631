// Laws about what goes to and fro: signals, messages, and that nobody hears the dead.

import type { ChildSignal } from "@steadfast/supervisor";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import type { Law } from "../kernel/law.js";
import { childrenOf, exitIndex, launcherLaw, stepsOf, wasDone } from "./launcher-law.js";
import type { RawRecord } from "./runtime-record.js";
import type { LauncherSubject } from "./subject.js";

const mute = ({ says }: { readonly says: readonly string[] }) =>
  says.length > 0 ? null : "its children say nothing";

export const signalLaws: readonly Law<LauncherSubject>[] = [
  launcherLaw({
    name: "signals-in-order",
    says: "Everything that the child says before its end arrives once, unchanged and in order, also what it said before anybody listened; from a child that was launched later nothing else arrives.",
    cases: () => [
      "two signals",
      "said before anybody listened",
      "after a late word of the one before",
    ],
    unfit: mute,
    check(played, reached, { forces }) {
      let lateBefore = false;
      for (const attempt of childrenOf(played)) {
        const { nth } = attempt;
        const heard = stepsOf(attempt, "signal").map(({ signal }) => signal);
        const said = attempt.raws.flatMap(saidInTime);
        // Given up by force, a child that goes on is not listened to any more.
        const isCut = wasDone(attempt, "abandon") || (!forces && wasDone(attempt, "kill"));
        if (attempt.heardFromTheFirst) {
          // What comes between the end of the child and its exit may still arrive.
          const all = [...said, ...attempt.raws.flatMap(saidLate)];
          claimSame(heard, all.slice(0, heard.length), `${nth}: the signals`);
          claim(
            isCut || heard.length >= said.length,
            () => `${nth}: it said ${show(said)}, and told was ${show(heard)}`,
          );
          if (said.length > 1) reached("two signals");
          if (said.length > 0 && attempt.attempt.listen === "later") {
            reached("said before anybody listened");
          }
          if (lateBefore && heard.length > 0) reached("after a late word of the one before");
        }
        lateBefore ||= attempt.raws.some(({ script }) => script.odd?.includes("speaks-after-exit"));
      }
    },
  }),

  launcherLaw({
    name: "no-signal-after-exit",
    says: "Once `exited` has settled no signal follows, whatever the runtime still tells.",
    cases: () => ["something was said after the exit"],
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const after = attempt.steps.slice(exitIndex(attempt));
        const late = after.find(({ type }) => type === "signal");
        claim(!late, () => `${attempt.nth}: ${show(late)} came after the exit`);
        const spoke = attempt.raws.some(({ told }) =>
          told.some(({ event, isLate }) => isLate && event.type === "said"),
        );
        if (spoke) reached("something was said after the exit");
      }
    },
  }),

  launcherLaw({
    name: "messages-reach-the-child",
    says: "What is sent to a child that runs reaches it, as it is and in order, and nobody else.",
    cases: () => ["a message"],
    unfit: ({ hears }) => (hears ? null : "its children hear no messages"),
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const [raw] = attempt.raws;
        if (!raw || raw.script.start === "refuses" || wasDone(attempt, "kill")) continue;
        const before = attempt.steps.slice(0, exitIndex(attempt));
        const got = raw.calls.flatMap(({ call, message }) => (call === "send" ? [message] : []));
        // What is sent before there is a child, or after its end, may have no effect.
        const sent = before.flatMap((step) =>
          step.type === "act" &&
          step.act === "send" &&
          !step.threw &&
          (step.lived || got.some((message) => deepEqual(message, step.message)))
            ? [step.message]
            : [],
        );
        claimSame(got, sent, `${attempt.nth}: what the child was sent`);
        if (got.length > 0) reached("a message");
      }
    },
  }),

  launcherLaw({
    name: "send-after-exit-is-nothing",
    says: "After the exit `send` throws nothing, and nobody hears what was sent.",
    cases: () => ["sent after the exit"],
    unfit: ({ hears }) => (hears ? null : "its children hear no messages"),
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const { nth, raws } = attempt;
        const late = attempt.steps.slice(exitIndex(attempt));
        for (const step of late) {
          if (step.type !== "act" || step.act !== "send") continue;
          reached("sent after the exit");
          claim(step.threw === null, () => `${nth}: send threw ${String(step.threw?.error)}`);
          claim(!step.reachedOthers, () => `${nth}: what it was sent reached another child`);
          const heard = raws.some(({ calls }) =>
            calls.some(({ call, message }) => call === "send" && deepEqual(message, step.message)),
          );
          claim(!heard, () => `${nth}: what was sent after the exit reached the child`);
        }
      }
    },
  }),

  launcherLaw({
    name: "errors-do-not-escape",
    says: "Somebody listens to every error that the runtime tells, also after the exit, and nothing that the adapter does within an event throws: either would end the host.",
    cases: () => ["an error after the exit", "an error while it ran"],
    check({ attempts }, reached) {
      for (const [index, { raws }] of attempts.entries()) {
        for (const { event, heardBy, isLate, escaped } of raws.flatMap(({ told }) => told)) {
          const nth = `attempt ${index + 1}`;
          claim(
            escaped.length === 0,
            () => `${nth}: within \`${event.type}\` the adapter threw ${String(escaped[0])}`,
          );
          if (event.type !== "error") continue;
          claim(
            heardBy > 0,
            () => `${nth}: nobody listened to an error${isLate ? " after the exit" : ""}`,
          );
          reached(isLate ? "an error after the exit" : "an error while it ran");
        }
      }
    },
  }),
];

/** What it said before its end. */
function saidInTime({ told }: RawRecord): readonly ChildSignal[] {
  return told.flatMap(({ event, isLate }) =>
    event.type === "said" && !isLate ? [event.signal] : [],
  );
}

/** What the runtime reported about it afterwards. */
function saidLate({ told }: RawRecord): readonly ChildSignal[] {
  return told.flatMap(({ event, isLate }) =>
    event.type === "said" && isLate ? [event.signal] : [],
  );
}
