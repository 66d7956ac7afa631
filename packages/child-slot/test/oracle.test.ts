// The slot and its dumb twin are told the same, and must say the same: whole commands, the whole record
// and the deadline after every single event.

import { expect } from "vitest";
import { childSlot, type SlotCommand } from "../src/index.js";
import { law } from "./law.js";
import { play, script } from "./script.js";
import { FAULTS, SlotTwin } from "./slot-twin.js";

const TYPES: readonly SlotCommand["type"][] = [
  "launch",
  "request-stop",
  "kill",
  "abandon",
  "stale",
  "report",
];

law(
  "says what a dumb twin says",
  [
    ...TYPES,
    "ordered",
    "not ordered",
    ...FAULTS,
    "healthy",
    "healthy later",
    "rejected",
    "already-pending",
  ],
  script({ mayGoBack: true }),
  ({ options, moves }, reached) => {
    const slot = childSlot(options);
    const twin = new SlotTwin(options);
    for (const { event, now, after, commands } of play(slot, moves)) {
      expect(commands).toStrictEqual(twin.tell(event, now));
      expect(slot.toRecord(after, now)).toStrictEqual(twin.record(now));
      expect(slot.deadline(after)).toBe(twin.deadline());
      if ("healthSince" in after.phase) reached("healthy later");
      for (const command of commands ?? []) {
        reached(command.type);
        if (command.type === "request-stop" && FAULTS.includes(command.reason)) {
          reached(command.reason);
        }
        if (command.type !== "report") continue;
        const { report } = command;
        if (report.type === "fence") reached(report.decision);
        if (report.type === "healthy") reached("healthy");
        if (report.type !== "exited") continue;
        reached(report.ordered ? "ordered" : "not ordered");
      }
    }
  },
);
