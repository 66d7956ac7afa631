// What follows from what has happened, until nothing follows any more: nested trees are heard, exits and
// answers are dealt with, the plan goes on, and what waited for its end is taken up.

import { takeReport } from "../reports.js";
import type { TreeDraft } from "./draft.js";
import { obey } from "./dynamic.js";
import { takeNews, takeTurn } from "./exits.js";
import { startRest } from "./group.js";
import type { Member } from "./member.js";
import { firstAsking } from "./pages.js";
import { advance } from "./plan.js";
import { firstOf, shifted } from "./queue.js";
import { advanceRolls } from "./rolling.js";
import type { Later } from "./state.js";

export function settleDown(draft: TreeDraft): void {
  do hear(draft);
  while (advance(draft) || takeLater(draft) || startRest(draft) || advanceRolls(draft));
  if (draft.hasBegun && !draft.end && !draft.plan && !draft.later) draft.isUp();
}

/** Deals with everything that has happened to children in this step so far. */
export function hear(draft: TreeDraft): void {
  for (;;) {
    const member = draft.news.shift();
    if (member) {
      takeNews(draft, draft.open.mark(member));
      continue;
    }
    const report = draft.inward.shift();
    if (report) {
      const { member: one, generation, exit } = report;
      if (draft.member(one.ordinal) !== one) continue;
      draft.touch(one, () =>
        takeReport(
          one,
          exit ? { type: "exited", generation, exit } : { type: "ready", generation },
        ),
      );
      continue;
    }
    if (!draft.isForgiven) return;
    draft.isForgiven = false;
    askAgain(draft);
  }
}

/** Those who were refused for a time ask again: the budget that they share has forgotten something. */
function askAgain(draft: TreeDraft): void {
  let ordinal = firstAsking(draft.flush(), 0);
  while (ordinal !== null && !draft.end) {
    draft.touch(draft.member(ordinal) as Member, (member) => member.askAgain());
    ordinal = firstAsking(draft.flush(), ordinal + 1);
  }
}

/** While nobody is stopped or started, the oldest thing that waited for that is looked at. */
function takeLater(draft: TreeDraft): boolean {
  if (!draft.later || draft.isAtWork()) return false;
  const first = firstOf(draft.later) as Later;
  draft.later = shifted(draft.later);
  if ("order" in first) {
    obey(draft, first.order);
    return true;
  }
  const member = draft.member(first.ordinal);
  // Overtaken by an order: then those who were to be started with it stay down, as in OTP.
  if (!member?.late) draft.unstarted = false;
  if (member?.slot.generation === first.generation) takeTurn(draft, member);
  return true;
}
