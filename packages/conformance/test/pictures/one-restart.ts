// The life of one restart, from a supervision on virtual time: what the child does, what the policy is told and asked, and what
// follows.

import { backoff } from "@steadfast/backoff";
import { allOf, type JournalEntry, restartOn } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { cross, path, picture, rect, round, text, timeAxis } from "./drawing.js";

const FOR_MS = 3_000;
const [WIDTH, LEFT] = [900, 120];
const x = (at: number) => LEFT + (at / FOR_MS) * (WIDTH - LEFT - 30);

interface Lived {
  readonly events: readonly (SupervisorEvent & { readonly seenAt: number })[];
  readonly journal: readonly JournalEntry[];
}

async function lived(): Promise<Lived> {
  const system = manualSystem({ now: 0 });
  const events: Lived["events"][number][] = [];
  const journal: JournalEntry[] = [];
  const ready = { afterMs: 300, signal: { type: "ready" } } as const;
  const launcher = scriptedLauncher(system, [
    { runMs: 900, exit: { kind: "failed", code: 1 }, says: [ready] },
    { says: [ready] },
  ]);
  supervise(
    launcher,
    {
      policy: allOf(restartOn("transient"), backoff({ initialMs: 500, jitter: "none" })),
      readiness: "explicit",
      healthyAfterMs: 1_000,
      onEvent: (event) => events.push({ ...event, seenAt: system.now }),
      journal: (entry) => journal.push(entry),
    },
    system,
  );
  await system.advance(FOR_MS);
  return { events, journal };
}

const WORDS: Readonly<Record<string, string>> = {
  start: "start?",
  restart: "may it be launched?",
  exited: "it has failed:",
  healthy: "it is healthy:",
};

export async function oneRestartPicture(): Promise<string> {
  const { events, journal } = await lived();
  const [child, policy] = [60, 130];
  const marks = [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000].map(
    (at) => [x(at), `${at} ms`] as const,
  );
  return picture(WIDTH, 270, "The life of one restart", [
    text(20, child + 18, "child", { as: "strong" }),
    ...bars(events, child),
    text(20, policy + 18, "policy", { as: "strong" }),
    path(`M${LEFT} ${policy + 14}H${WIDTH - 30}`, "line"),
    ...answers(journal, policy, child),
    timeAxis(236, LEFT, WIDTH - 30, marks),
  ]);
}

function bars(events: Lived["events"], y: number): readonly string[] {
  const parts: string[] = [];
  const begins = events.filter(({ type }) => type === "launched" || type === "ready");
  for (const { type, seenAt } of begins) {
    const until =
      events.find((next) => next.seenAt > seenAt && ["ready", "exited"].includes(next.type))
        ?.seenAt ?? FOR_MS;
    parts.push(rect(x(seenAt), y, x(until) - x(seenAt), 28, type === "ready" ? "up" : "box"));
    parts.push(
      text(x(seenAt) + 4, y - 6, type === "ready" ? "ready" : "launched", { as: "small soft" }),
    );
  }
  for (const { type, seenAt } of events)
    if (type === "exited") parts.push(cross(x(seenAt), y + 14, 7));
  return parts;
}

function answers(journal: readonly JournalEntry[], y: number, child: number): readonly string[] {
  return journal.flatMap(({ at, event, decision }, i) => {
    const place = x(at);
    const asks = event.type === "launch";
    const words = WORDS[asks ? event.cause : event.type] ?? event.type;
    const row = y + 34 + (i % 3) * 20;
    const dot = `<circle cx="${round(place)}" cy="${y + 14}" r="4" class="${asks ? "wait" : "up"}"/>`;
    const delay = decision.type === "launch" ? decision.delayMs : 0;
    const wait =
      delay > 0
        ? path(`M${round(place)} ${child + 14}H${round(x(at + delay))}`, "two") +
          text(x(at + delay / 2), child + 8, `delay ${delay} ms`, {
            as: "small soft",
            anchor: "middle",
          })
        : "";
    const said = asks ? (delay > 0 ? `yes, in ${delay} ms` : "yes") : "noted";
    return [dot, wait, text(place, row, `${words} ${said}`, { as: "small" })];
  });
}
