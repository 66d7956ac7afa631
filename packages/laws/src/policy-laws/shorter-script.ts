// Simpler scripts: lines left out one by one, gaps and draws of 0, plain crashes, runs that are not as long.

import type { Exit } from "@steadfast/policy";
import { shorterList, simplerItems, smaller } from "../kernel/shorten.js";
import { CRASH } from "./exits.js";
import { type RepeatedLines, type RestartScript, repeated, type ScriptLine } from "./script.js";

/** A run that is as short as this is shown line by line. */
const FEW = 3;

/** Scripts that are simpler than this one; a first request stays. */
export function* shorterScript(script: RestartScript): Generator<RestartScript> {
  const kept = isStart(script[0]) ? 1 : 0;
  yield* shorterList(script, { kept });
  yield* withoutWaiting(script, kept);
  yield* simplerItems(script, simplerItem);
  for (const [i, item] of script.entries()) {
    if ("lines" in item && item.times <= FEW) {
      yield [...script.slice(0, i), ...repeated(item), ...script.slice(i + 1)];
    }
  }
}

function isStart(item: ScriptLine | RepeatedLines | undefined): boolean {
  return (
    item !== undefined && "event" in item && "cause" in item.event && item.event.cause === "start"
  );
}

/** One line left out, and the time that it took spent before the next one. */
function* withoutWaiting(script: RestartScript, kept: number): Generator<RestartScript> {
  for (let i = script.length - 2; i >= kept; i--) {
    const [gone, next] = [script[i], script[i + 1]];
    if (!gone || !next || "lines" in gone || "lines" in next || gone.gapMs === 0) continue;
    const later = { ...next, gapMs: next.gapMs + gone.gapMs };
    yield [...script.slice(0, i), later, ...script.slice(i + 2)];
  }
}

function* simplerItem(item: ScriptLine | RepeatedLines): Generator<ScriptLine | RepeatedLines> {
  if ("event" in item) yield* simplerLine(item);
  else {
    for (const times of smaller(item.times, 1)) yield { ...item, times };
    for (const lines of shorterList(item.lines, { least: 1 })) yield { ...item, lines };
    for (const lines of simplerItems(item.lines, simplerLine)) yield { ...item, lines };
  }
}

function* simplerLine(line: ScriptLine): Generator<ScriptLine> {
  const { gapMs, event } = line;
  if (gapMs !== 0) yield { ...line, gapMs: 0 };
  if (event.type === "launch") {
    if (event.draw !== 0) yield { gapMs, event: { ...event, draw: 0 } };
    if (event.cause === "operator") yield { gapMs, event: { ...event, cause: "restart" } };
  }
  if (event.type !== "exited") return;
  if (!isCrash(event.exit)) yield { gapMs, event: { ...event, exit: CRASH, failed: true } };
  if (event.uptimeMs !== 0) yield { gapMs, event: { ...event, uptimeMs: 0 } };
  if (event.uptimeMs > gapMs) yield { gapMs, event: { ...event, uptimeMs: gapMs } };
}

function isCrash(exit: Exit): boolean {
  return exit.kind === "failed" && "code" in exit && exit.code === 1;
}
