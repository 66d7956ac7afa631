// Simpler stories for an adapter: fewer attempts, fewer acts, fewer words, nothing odd.

import { shorterList, shorterPart, simplerItems } from "../kernel/shorten.js";
import type { LauncherTrace, TraceAttempt } from "./launcher-trace.js";
import type { RawScript } from "./raw-child.js";

export function* shorterTrace(trace: LauncherTrace): Generator<LauncherTrace> {
  yield* shorterPart(trace, "attempts", (all) => shorterList(all, { least: 1 }));
  yield* shorterPart(trace, "attempts", (all) => simplerItems(all, simplerAttempt));
}

function* simplerAttempt(attempt: TraceAttempt): Generator<TraceAttempt> {
  yield* shorterPart(attempt, "acts", shorterList);
  yield* shorterPart(attempt, "child", simplerScript);
  if (attempt.listen === "later") yield { ...attempt, listen: "at-once" };
}

export function* simplerScript(script: RawScript): Generator<RawScript> {
  const { says = [], odd = [] } = script;
  for (const fewer of shorterList(says)) yield { ...script, says: fewer };
  for (const fewer of shorterList(odd)) yield { ...script, odd: fewer };
  if (script.stopMs !== 0) yield { ...script, stopMs: 0 };
  if (script.killMs !== 0) yield { ...script, killMs: 0 };
  if (script.runMs !== null && script.runMs !== 0) yield { ...script, runMs: 0 };
}
