// Laws about attempts: how many, in which order, and what is done to each of them.

import type { SlotCommand } from "@steadfast/child-slot";
import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, newsOf } from "./commands.js";
import { slotLaw } from "./slot-law.js";
import type { Taken } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

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
    says: "An attempt is launched only after the exit of the one before it was reported.",
    cases: ["a second launch", "a launch at the instant of an exit"],
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
          reached("a launch at the instant of an exit");
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
    says: "An attempt is asked to stop at most once, killed at most once, not before it was asked except by a `force`, which never asks, and no command about it follows its exit.",
    cases: ["asked", "forced", "forced without being asked"],
    check({ taken }, reached) {
      const told = new Map<number, string[]>();
      for (const { row, command } of allCommands(taken)) {
        const { generation, type } = command;
        if (type === "stale" || (type === "report" && command.report.type !== "exited")) continue;
        const all = told.get(generation) ?? [];
        const word = type === "report" ? "exited" : type;
        const wrong = outOfOrder(all, word, taken[row]?.event.type === "force");
        claim(wrong === null, () => `${atRow(row)}: ${word} of ${generation} ${wrong}`);
        told.set(generation, [...all, word]);
        if (word === "request-stop") reached("asked");
        if (word === "kill") reached("forced");
        if (word === "kill" && !all.includes("request-stop")) reached("forced without being asked");
      }
    },
  }),

  slotLaw({
    name: "abandon-only-after-kill",
    says: "An attempt is given up only when a kill had no effect, at a later look, and then its exit is reported as `abandoned`.",
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
];

/** What is wrong with one more command about an attempt, or null. */
function outOfOrder(before: readonly string[], word: string, isForced: boolean): string | null {
  if (before.includes("exited")) return "follows its exit";
  if (before.includes(word)) return "comes a second time";
  if (word !== "launch" && !before.includes("launch")) return "comes before its launch";
  if (word === "request-stop" && isForced) return "is the answer to a `force`";
  if (word === "request-stop" && before.includes("kill")) return "comes after the kill";
  const isUnasked = word === "kill" && !before.includes("request-stop");
  if (isUnasked && !isForced) return "comes before it was asked";
  return null;
}

function ended(exit: { readonly kind: string; readonly ended?: { readonly kind: string } }) {
  return exit.kind === "abandoned" || exit.ended?.kind === "abandoned";
}
