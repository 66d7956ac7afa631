// A state stays bounded, whatever happens again and again.

import type { ChildSlot, SlotEvent, SlotState } from "@steadfast/child-slot";
import fc from "fast-check";
import { claim } from "../kernel/claim.js";
import { type Law, trial } from "../kernel/law.js";
import { take } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

/** As often it happens, and then as often again. */
const HALF = 300;
const SLACK = 20;

type Diet = (state: SlotState, now: number) => readonly SlotEvent[];

const DIETS = {
  "lives and ends": ({ generation }: SlotState): readonly SlotEvent[] => [
    { type: "launch", cause: "restart" },
    { type: "exited", generation: generation + 1, exit: { kind: "failed", code: 1 } },
  ],
  heartbeats: ({ generation }: SlotState, now: number): readonly SlotEvent[] => [
    generation < 0
      ? { type: "launch", cause: "start" }
      : { type: "heartbeat", generation, at: now },
  ],
  "restarts that wait": ({ generation }: SlotState, now: number): readonly SlotEvent[] => [
    generation < 0
      ? { type: "launch", cause: "start" }
      : { type: "restart", requester: `ops ${now}`, reason: `reason ${now}` },
  ],
  "readiness that wavers": ({ generation }: SlotState): readonly SlotEvent[] =>
    generation < 0
      ? [{ type: "launch", cause: "start" }]
      : [
          { type: "not-ready", generation },
          { type: "ready", generation },
        ],
  "late reports": ({ generation }: SlotState): readonly SlotEvent[] =>
    generation < 1
      ? [
          { type: "launch", cause: "start" },
          { type: "exited", generation: generation + 1, exit: { kind: "lost" } },
        ]
      : [{ type: "exited", generation: 0, exit: { kind: "lost" } }],
  "pause and resume": (): readonly SlotEvent[] => [{ type: "pause" }, { type: "resume" }],
  limits: (_: SlotState, now: number): readonly SlotEvent[] => [
    { type: "limit", view: { windowMs: 1_000, limit: 3, used: now % 4 } },
  ],
} as const satisfies { readonly [name: string]: Diet };

type Name = keyof typeof DIETS;

export const staysSmall: Law<SlotSubject> = {
  name: "stays-small",
  says: "The state does not grow forever, whatever happens again and again.",
  trial(subject) {
    const known = new Map<Name, readonly [number, number]>();
    return trial<Name>({
      inputs: fc.constantFrom(...(Object.keys(DIETS) as Name[])),
      holds(diet) {
        const [first, second] = known.get(diet) ?? sizes(subject.slotOf(), DIETS[diet]);
        known.set(diet, [first, second]);
        claim(
          second <= 1.5 * first + SLACK,
          () =>
            `its JSON had ${first} characters after ${HALF} times, and ${second} after ${2 * HALF}`,
        );
      },
      show: (diet) => `  told ${2 * HALF} times: ${diet}`,
    });
  },
};

/** How long the JSON of the state is in the middle and in the end. */
function sizes(slot: ChildSlot, diet: Diet): readonly [number, number] {
  let state = slot.initial();
  let now = 0;
  const told = () => {
    for (let n = 0; n < HALF; n++) {
      for (const event of diet(state, now)) state = take(slot, state, event, ++now).after;
    }
    return JSON.stringify(state).length;
  };
  return [told(), told()];
}
