// A reason is a code: the same word whenever the same rule refuses, so that programs can go by it.

import { claim, show } from "../kernel/claim.js";
import { aRefusal } from "./meets.js";
import { scriptLaw } from "./script-law.js";

/** Words without blanks, such as `window-full`, `too.many`, `WINDOW_FULL`. */
const CODE = /^[a-z0-9]+(?:[-_.:/][a-z0-9]+)*$/i;
const LONGEST = 64;

const withoutNumbers = (reason: string) => reason.replaceAll(/\d+/g, "#");

export const reasonsAreCodes = scriptLaw({
  name: "reasons-are-codes",
  says: "a reason is a stable code: one word without blanks, which holds no number of the moment",
  about: aRefusal,
  holds({ policy }, { event, decision, after, now }) {
    if (decision.type !== "refuse" || event.type !== "launch") return;
    const { reason, retryAfterMs } = decision;
    const isCode = CODE.test(reason) && reason.length <= LONGEST;
    claim(isCode, () => `${show(reason)} is no code, such as "window-full"`);
    const wait = retryAfterMs ?? 8_000;
    for (const ms of new Set([1, Math.floor(wait / 2), wait - 1])) {
      const later = { ...event, wall: event.wall + ms };
      const again = policy.step(after, later, now + ms)[1];
      if (again.type !== "refuse" || again.reason === reason) continue;
      claim(
        withoutNumbers(again.reason) !== withoutNumbers(reason),
        () => `it is ${show(reason)}, and ${ms} ms later ${show(again.reason)}`,
      );
    }
  },
});
