// Laws about launches and exits: what comes back, how it ends, and that it ends once.

import { eventFault } from "@steadfast/child-slot";
import { type Exit, isFailure } from "@steadfast/policy";
import { claim, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { childrenOf, launcherLaw, stepsOf, wasDone } from "./launcher-law.js";
import type { PlayedAttempt } from "./play-trace.js";
import type { RawEnd } from "./raw-child.js";
import type { RawRecord } from "./runtime-record.js";
import type { Abilities, LauncherSubject } from "./subject.js";

const CALLS = ["onSignal", "requestStop", "kill"] as const;

const refusals = ({ refuses }: Abilities) =>
  refuses.length > 0 ? null : "its start is never refused";

export const exitLaws: readonly Law<LauncherSubject>[] = [
  launcherLaw({
    name: "launch-returns-a-child",
    says: "`launch` returns at once, a child of its own with all that a `LiveChild` has, and throws nothing that the system said.",
    cases: () => ["a second launch"],
    check(played, reached) {
      const children = new Set<object>();
      for (const [index, { threw, raws, child }] of played.attempts.entries()) {
        const wasMisused = raws.some(({ script }) => script.start === "misuse");
        claim(
          !threw || wasMisused,
          () => `attempt ${index + 1}: launch() threw ${text(threw?.error)}`,
        );
        if (!child) continue;
        const missing = CALLS.filter((call) => typeof child[call] !== "function");
        claim(
          missing.length === 0,
          () => `attempt ${index + 1}: the child has no ${missing.join()}`,
        );
        claim(!children.has(child), () => `attempt ${index + 1}: it is the child of before`);
        claim(raws.length <= 1, () => `attempt ${index + 1}: ${raws.length} were started`);
        children.add(child);
        if (children.size === 2) reached("a second launch");
      }
    },
  }),

  launcherLaw({
    name: "pid-is-its-own",
    says: "`pid` is the number of its own process, from the launch on and after the exit; a child that was never started has none, and so has a child of an adapter without processes.",
    cases: () => ["a child that was started"],
    check(played, reached) {
      const all = childrenOf(played);
      const hasPids = all.some(({ pid }) => pid !== undefined);
      for (const { nth, child, pid, raws } of all) {
        const own = raws[0]?.pid ?? undefined;
        claim(
          pid === own || (pid === undefined && !hasPids),
          () => `${nth}: its pid is ${show(pid)}, that of its process ${show(own)}`,
        );
        claim(
          child.pid === pid,
          () => `${nth}: its pid was ${show(pid)}, and is ${show(child.pid)}`,
        );
        if (own !== undefined) reached("a child that was started");
      }
    },
  }),

  launcherLaw({
    name: "misuse-is-thrown",
    says: "What is thrown because the call was wrong (a TypeError, an `ERR_INVALID_...`) is thrown by `launch`, as it is: trying again cannot help.",
    cases: () => ["a wrong call"],
    unfit: refusals,
    check({ attempts }, reached) {
      for (const [index, { threw, raws }] of attempts.entries()) {
        const thrown = raws.find(({ script }) => script.start === "misuse")?.thrown;
        if (!thrown) continue;
        reached("a wrong call");
        claim(
          threw?.error === thrown.error,
          () => `attempt ${index + 1}: ${text(thrown.error)} was not thrown by the launch`,
        );
      }
    },
  }),

  launcherLaw({
    name: "refusal-is-an-exit",
    says: "What the system refuses, thrown or emitted, is an exit of kind `spawn-failed` with that very error, and the first thing that is reported; no signal comes before or after.",
    cases: ({ refuses }) => refuses,
    unfit: refusals,
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const error = refusalOf(attempt);
        if (!error) continue;
        const { nth } = attempt;
        reached(error.how);
        const [exited] = stepsOf(attempt, "exited");
        claim(exited !== undefined, () => `${nth}: the system refused, and there is no exit`);
        const { exit } = exited;
        claim(exit.kind === "spawn-failed", () => `${nth}: refused, and told as ${exit.kind}`);
        claim(
          exit.error === error.what,
          () => `${nth}: the exit carries ${text(exit.error)}, not what the system said`,
        );
        const said = stepsOf(attempt, "signal");
        claim(said.length === 0, () => `${nth}: never started, and said ${show(said[0]?.signal)}`);
      }
    },
  }),

  launcherLaw({
    name: "exited-settles-once",
    says: "`exited` settles exactly once, with a well-formed exit, when the child has ended; it never rejects, and what the runtime tells later changes nothing.",
    cases: () => ["an exit told twice"],
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const { nth, raws } = attempt;
        const [rejected] = stepsOf(attempt, "rejected");
        claim(!rejected, () => `${nth}: \`exited\` rejected with ${text(rejected?.error)}`);
        const exits = stepsOf(attempt, "exited");
        claim(exits.length < 2, () => `${nth}: \`exited\` settled ${exits.length} times`);
        const ended = raws.length > 0 && raws.every(({ alive }) => !alive);
        const [only] = exits;
        claim(
          only !== undefined || !ended,
          () => `${nth}: the child has ended, and \`exited\` did not settle`,
        );
        if (!only) continue;
        const { exit } = only;
        const fault = eventFault({ type: "exited", generation: 0, exit });
        claim(fault === null, () => `${nth}: it settled with ${show(exit)}: ${fault}`);
        claim(
          attempt.exitInTheEnd === exit,
          () => `${nth}: it settled with ${show(exit)}, and later ${show(attempt.exitInTheEnd)}`,
        );
        const twice = raws.some(({ told }) => told.filter(isExit).length > 1);
        if (twice) reached("an exit told twice");
      }
    },
  }),

  launcherLaw({
    name: "exit-tells-the-cause",
    says: "The exit says how the child ended: a value, or code 0, is `completed`; another code, a signal or what was thrown is kept as it is and is a failure, unless it was asked to end.",
    cases: ({ ends }) => ends.map((how) => `ended by ${how}`),
    check(played, reached) {
      for (const attempt of childrenOf(played)) {
        const [exited] = stepsOf(attempt, "exited");
        const end = endOf(attempt.raws);
        if (!exited || !end || wasDone(attempt, "kill")) continue;
        const wrong = whyNot(exited.exit, end, wasDone(attempt, "requestStop"));
        claim(wrong === null, () => `${attempt.nth}: ended by ${endText(end)}, and ${wrong}`);
        for (const how of Object.keys(end)) reached(`ended by ${how}`);
      }
    },
  }),
];

const isExit = ({ event }: RawRecord["told"][number]) => event.type === "exit";

/** How the system refused to start it, or null. */
function refusalOf({ raws }: PlayedAttempt) {
  const [raw] = raws;
  if (raw?.script.start === "throws" && raw.thrown)
    return { how: "thrown", what: raw.thrown.error };
  const first = raw?.told[0]?.event;
  return first?.type === "error" ? { how: "emitted", what: first.error } : null;
}

/** How it ended first. */
function endOf(raws: readonly RawRecord[]): RawEnd | null {
  const first = raws[0]?.told.find(({ event }) => event.type === "exit" || event.type === "error");
  const told = raws[0]?.told.find(isExit)?.event;
  const refused = first?.event.type === "error" && first === raws[0]?.told[0];
  return told?.type === "exit" && !refused ? told.end : null;
}

/** What the exit fails to say, or null. Asked to end, a child may also be reported as cancelled. */
function whyNot(exit: Exit, end: RawEnd, wasAsked: boolean): string | null {
  const well = "value" in end || ("code" in end && end.code === 0);
  if (isFailure(exit) === well && !(wasAsked && exit.kind === "cancelled")) {
    return `told as ${exit.kind}`;
  }
  if ("error" in end) {
    return "error" in exit && exit.error === end.error ? null : "the error is lost";
  }
  if (wasAsked && exit.kind === "cancelled") return null;
  if ("value" in end) {
    return exit.kind === "completed" && exit.value === end.value ? null : "the value is lost";
  }
  if ("signal" in end) {
    return "signal" in exit && exit.signal === end.signal ? null : "the signal is lost";
  }
  const code = "code" in exit ? exit.code : undefined;
  return code === end.code || (end.code === 0 && code === undefined)
    ? null
    : `the code is reported as ${code}`;
}

const endText = (end: RawEnd): string =>
  `${Object.keys(end).join()} ${show(Object.values(end)[0])}`;

const text = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : show(error);
