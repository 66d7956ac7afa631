// Laws about attempts: how many, in which order, and how each of them ends.

import type { SlotCommand, StopCause } from "@steadfast/child-slot";
import { claim, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { slotLaw } from "./slot-law.js";
import type { Taken } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

/** What an attempt is ended for by itself: nobody ordered it. */
const FAULTS: readonly StopCause[] = ["not-ready-in-time", "heartbeat-stale"];

/** Every command of a story in order, with its row. */
function allCommands(taken: readonly Taken[]) {
  return taken.flatMap((one, row) => commandsOf(one).map((command) => ({ row, command })));
}

function isExited(command: SlotCommand): boolean {
  return command.type === "report" && command.report.type === "exited";
}

export const attemptLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "at-most-one-alive",
    says: "An attempt is launched only after the exit of the one before was told.",
    cases: ["a second launch", "a launch in the breath of an exit"],
    check({ taken }, reached) {
      const alive = new Set<number>();
      for (const { row, command } of allCommands(taken)) {
        const { generation } = command;
        if (isExited(command)) alive.delete(generation);
        if (command.type !== "launch") continue;
        claim(
          alive.size === 0,
          () => `${atRow(row)}: ${generation} is launched while ${[...alive].join()} is alive`,
        );
        alive.add(generation);
        if (command.attempt > 1) reached("a second launch");
        if (commandsOf(taken[row] as Taken).some(isExited)) {
          reached("a launch in the breath of an exit");
        }
      }
    },
  }),

  slotLaw({
    name: "generations-grow",
    says: "Every launch has a greater generation than all before, and no command is about a generation that was not launched.",
    cases: ["three launches"],
    check({ taken }, reached) {
      const launched: number[] = [];
      for (const { row, command } of allCommands(taken)) {
        const { generation, type } = command;
        const last = launched.at(-1) ?? -1;
        if (type === "launch") {
          claim(generation > last, () => `${atRow(row)}: generation ${generation} after ${last}`);
          launched.push(generation);
          if (launched.length === 3) reached("three launches");
        } else {
          claim(
            launched.includes(generation) || (generation === -1 && launched.length === 0),
            () => `${atRow(row)}: ${type} is about generation ${generation}, which never was`,
          );
        }
      }
    },
  }),

  slotLaw({
    name: "attempts-grow",
    says: "Attempts are numbered 1, 2, 3 in the order of their launches, and every command bears the number of the attempt it is about.",
    cases: ["three launches"],
    check({ taken }, reached) {
      const numbers = new Map([[-1, 0]]);
      for (const { row, command } of allCommands(taken)) {
        const { generation, attempt, type } = command;
        if (type === "launch") {
          numbers.set(generation, numbers.size);
          if (numbers.size === 4) reached("three launches");
        }
        const expected = numbers.get(generation);
        claim(
          attempt === expected,
          () => `${atRow(row)}: ${type} of ${generation} is numbered ${attempt}, not ${expected}`,
        );
      }
    },
  }),

  slotLaw({
    name: "asked-once-forced-once",
    says: "An attempt is asked to stop at most once, killed at most once and not before it was asked, and no command about it follows its exit.",
    cases: ["asked", "forced"],
    check({ taken }, reached) {
      const told = new Map<number, string[]>();
      for (const { row, command } of allCommands(taken)) {
        const { generation, type } = command;
        if (type === "stale" || (type === "report" && command.report.type !== "exited")) continue;
        const all = told.get(generation) ?? [];
        const word = type === "report" ? "exited" : type;
        const wrong = outOfOrder(all, word);
        claim(wrong === null, () => `${atRow(row)}: ${word} of ${generation} ${wrong}`);
        told.set(generation, [...all, word]);
        if (word === "request-stop") reached("asked");
        if (word === "kill") reached("forced");
      }
    },
  }),

  slotLaw({
    name: "abandon-only-after-kill",
    says: "An attempt is given up only when a kill came to nothing, at a later look, and then its exit is told as `abandoned`.",
    cases: ["given up"],
    check({ taken }, reached) {
      const killed = new Map<number, number>();
      for (const { row, command } of allCommands(taken)) {
        const { generation } = command;
        if (command.type === "kill") killed.set(generation, row);
        if (command.type !== "abandon") continue;
        reached("given up");
        const at = killed.get(generation);
        claim(
          at !== undefined && at < row,
          () => `${atRow(row)}: ${generation} is given up and was not killed before`,
        );
        const exits = newsOf(commandsOf(taken[row] as Taken), "exited");
        claim(
          exits.some(
            ({ report, ...about }) => about.generation === generation && ended(report.exit),
          ),
          () => `${atRow(row)}: ${generation} is given up, and no exit says so`,
        );
      }
    },
  }),

  slotLaw({
    name: "every-exit-told-once",
    says: "An exit of the present attempt is reported exactly once, with that very exit; an exit is reported only when there is one, or when the attempt is given up.",
    cases: ["an exit", "an exit while it was ending", "an exit that nobody ordered"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { event } = one;
        const { present } = ledger;
        const commands = commandsOf(one);
        const exits = newsOf(commands, "exited");
        const gaveUp = commands.some(({ type }) => type === "abandon");
        const isOwn = event.type === "exited" && event.generation === present?.generation;
        claim(
          exits.length === (isOwn || gaveUp ? 1 : 0),
          () => `${atRow(row)}: the exit was told ${exits.length} times`,
        );
        const [told] = exits;
        if (told && isOwn && present) {
          const { exit, ordered } = told.report;
          const isKept = exit === event.exit || ("ended" in exit && exit.ended === event.exit);
          claim(isKept, () => `${atRow(row)}: told was ${show(exit)}, not the exit itself`);
          claim(
            told.generation === present.generation,
            () => `${atRow(row)}: told of generation ${told.generation}`,
          );
          reached(present.asked === null ? "an exit" : "an exit while it was ending");
          if (!ordered) reached("an exit that nobody ordered");
        }
        ledger.note(one);
      });
    },
  }),

  slotLaw({
    name: "orders-are-told-apart",
    says: "An exit is told as ordered exactly if an operator's command ended the attempt; one ended for its own fault is told with that fault around its exit.",
    cases: ["ordered", "not ordered"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const asked = ledger.present?.asked ?? null;
        for (const { report } of newsOf(commandsOf(one), "exited")) {
          const isFault = asked !== null && FAULTS.includes(asked);
          const isOrdered = asked !== null && !isFault;
          claim(
            report.ordered === isOrdered,
            () => `${atRow(row)}: asked to end for ${asked}, told as ordered: ${report.ordered}`,
          );
          const { kind } = report.exit;
          const expected = asked === "heartbeat-stale" ? "unhealthy" : "timed-out";
          claim(
            !isFault || kind === expected,
            () => `${atRow(row)}: ended for ${asked}, told as ${kind}, not ${expected}`,
          );
          reached(isOrdered ? "ordered" : "not ordered");
        }
        ledger.note(one);
      });
    },
  }),

  slotLaw({
    name: "uptime-from-the-launch",
    says: "The uptime that an exit is told with runs from the launch to the exit; it is 0 for a failed spawn and never negative.",
    cases: ["an uptime"],
    story: { mayGoBack: true },
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { present } = ledger;
        for (const { report } of newsOf(commandsOf(one), "exited")) {
          const { exit, uptimeMs } = report;
          const { kind } = "ended" in exit && exit.ended ? exit.ended : exit;
          const age = Math.max(0, one.now - (present?.launchedAt ?? one.now));
          const expected = kind === "spawn-failed" ? 0 : age;
          claim(
            uptimeMs === expected,
            () => `${atRow(row)}: the uptime is told as ${uptimeMs} and was ${expected}`,
          );
          if (uptimeMs > 0) reached("an uptime");
        }
        ledger.note(one);
      });
    },
  }),

  slotLaw({
    name: "ready-alternates",
    says: "An attempt is told as `ready` and `not-ready` in turns, never twice the same, and neither once it was asked to end.",
    cases: ["ready", "not ready after ready", "ready again"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        for (const command of commandsOf(one)) {
          if (command.type === "report") {
            const { generation, report } = command;
            const about = ledger.launched.get(generation);
            const before = about?.readiness ?? null;
            if (report.type === "ready" || report.type === "not-ready") {
              claim(
                before !== report.type,
                () => `${atRow(row)}: ${generation} is told as ${report.type} twice in a row`,
              );
              claim(
                about !== undefined && about === ledger.present && about.asked === null,
                () => `${atRow(row)}: ${report.type} of ${generation}, which is not up`,
              );
              if (report.type === "not-ready" && before) reached("not ready after ready");
              if (report.type === "ready") reached(before ? "ready again" : "ready");
            }
          }
          ledger.note({ ...one, commands: [command] });
        }
      });
    },
  }),

  slotLaw({
    name: "healthy-once",
    says: "`healthy` is told at most once per attempt, while it is up and ready.",
    cases: ["healthy"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      const told = new Set<number>();
      taken.forEach((one, row) => {
        ledger.note(one);
        for (const { generation } of newsOf(commandsOf(one), "healthy")) {
          const { present } = ledger;
          claim(!told.has(generation), () => `${atRow(row)}: ${generation} is healthy once more`);
          claim(
            present?.generation === generation &&
              present.readiness === "ready" &&
              present.asked === null,
            () => `${atRow(row)}: ${generation} is told as healthy and is not up and ready`,
          );
          told.add(generation);
          reached("healthy");
        }
      });
    },
  }),
];

/** What is wrong with one more command about an attempt, or null. */
function outOfOrder(before: readonly string[], word: string): string | null {
  if (before.includes("exited")) return "follows its exit";
  if (before.includes(word)) return "comes a second time";
  if (word !== "launch" && !before.includes("launch")) return "comes before its launch";
  if (word === "kill" && !before.includes("request-stop")) return "comes before it was asked";
  return null;
}

function ended(exit: { readonly kind: string; readonly ended?: { readonly kind: string } }) {
  return exit.kind === "abandoned" || exit.ended?.kind === "abandoned";
}
