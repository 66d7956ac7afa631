// How the twin begins, and how it goes on from a saved state.

import type { Act } from "./act.js";
import { isDown } from "./member.js";

export function begin(act: Act): void {
  const { s } = act;
  if (!s.begun) {
    s.begun = true;
    const plan = act.planned();
    plan.boot = true;
    plan.strict = act.rules.startFailure === "end";
    plan.start = s.kids.map(({ id }) => id);
    return;
  }
  goOnFrom(act);
}

function goOnFrom(act: Act): void {
  const { s } = act;
  const saved = s.plan;
  const { end } = s;
  s.plan = null;
  const wanted = s.kids.filter(
    (kid) => !isDown(kid.slot) || saved?.start.includes(kid.id) || kid.slot.attempt === 0,
  );
  for (const kid of s.kids) {
    const { generation } = kid.slot;
    if (!isDown(kid.slot)) {
      act.member(kid).move({ type: "exited", generation, exit: { kind: "lost" } });
    }
  }
  if (end) {
    s.end = null;
    return act.endAll(end);
  }
  const plan = act.planned();
  plan.boot = true;
  plan.start = wanted.map(({ id }) => id);
}
