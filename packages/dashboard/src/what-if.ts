// "What if": the decisions that were kept, made again under another policy for one child, everything else as it was. Where a budget is
// shared, its other children are replayed beside it, each under its own policy, so that the budget is as full as it was.

import { isDeepStrictEqual } from "node:util";
import {
  allOf,
  type ExitRecord,
  type JournalEntry,
  type RestartDecision,
  type RestartPolicy,
  readOptions,
} from "@steadfast/policy";
import { isPolicySpecError, policyFrom } from "@steadfast/spec";
import type { PolicyView } from "@steadfast/supervision";
import { Refusal } from "./refusal.js";
import { shortExit } from "./short-event.js";
import type { Source } from "./source.js";
import type { WhatIf, WhatIfStep } from "./wire.js";

interface WhatIfBody {
  readonly of: string;
  readonly path: string;
  readonly policy: unknown;
}

/** The steps that are answered: the last ones. */
const MOST_STEPS = 1_000;

const isText = (value: unknown): boolean => typeof value === "string";

/** Throws a `Refusal`, or `PolicyOptionsError` for a bad body. */
export function whatIf(body: object, find: (of: string) => Source): WhatIf {
  const read = readOptions<WhatIfBody>("what-if", body as WhatIfBody);
  const of = read.checked<string>("of", "the name of a supervision", isText);
  const path = read.checked<string>("path", "the path of a child", isText);
  const json = read.raw("policy");
  read.end();
  const source = find(of);
  if (!source.status(path)) throw new Refusal(404, "unknown-child", "there is no such child");
  if (!source.recording) {
    const how = "give `dashboard` the recording whose `journal` the supervision has";
    throw new Refusal(409, "no-recording", `no decisions are kept: ${how}`);
  }
  const view = source.policy(path);
  if (!view) throw new Refusal(409, "remote-policy", "its policy decides elsewhere");
  const edited = editedPolicy(json);
  const steps = replayed(source, path, view, edited);
  const requests = steps.filter(({ recorded }) => recorded.type !== "noted");
  return {
    policy: edited.name,
    steps: steps.slice(-MOST_STEPS),
    requests: requests.length,
    differ: requests.filter(({ same }) => !same).length,
    complete: source.recording.dropped === 0,
  };
}

function editedPolicy(json: unknown): RestartPolicy {
  try {
    return policyFrom(json);
  } catch (error) {
    if (isPolicySpecError(error)) throw new Refusal(400, "bad-policy", error.message);
    throw error;
  }
}

/** One child in a replay: what is stepped for it, and what that remembers of its own. */
interface Player {
  readonly policy: RestartPolicy;
  own: unknown;
}

function replayed(
  source: Source,
  path: string,
  { budget }: PolicyView,
  edited: RestartPolicy,
): WhatIfStep[] {
  const mine = budget ? (allOf(edited, budget) as RestartPolicy) : edited;
  const players = new Map<string, Player | null>([[path, playerOf(mine, budget)]]);
  let shared: unknown = budget?.initial();
  const steps: WhatIfStep[] = [];
  for (const { who, entry } of entriesOf(source, path, budget !== null)) {
    if (!players.has(who)) {
      const view = source.policy(who);
      players.set(who, view && playerOf(view.policy, budget));
    }
    const player = players.get(who);
    if (!player) continue;
    const decision = stepped(
      player,
      entry,
      budget && { get: () => shared, set: (to) => (shared = to) },
    );
    if (who === path) steps.push(stepOf(entry, decision));
  }
  return steps;
}

function playerOf(policy: RestartPolicy, budget: RestartPolicy | null): Player {
  const state = policy.initial();
  return { policy, own: budget ? (state as readonly unknown[])[0] : state };
}

interface Shared {
  get(): unknown;
  set(to: unknown): void;
}

/** A launch that the policy was not asked about is not asked about now. */
function stepped(player: Player, { event, at, by, decision }: JournalEntry, shared: Shared | null) {
  if (by === "operator") return decision;
  const before = shared ? [player.own, shared.get()] : player.own;
  const [after, answer] = player.policy.step(before, event, at);
  if (shared) {
    const [own, budget] = after as [unknown, unknown];
    player.own = own;
    shared.set(budget);
  } else player.own = after;
  return answer;
}

/** The entries that matter: its own, and those of its siblings where they share a budget. */
function entriesOf(source: Source, path: string, isShared: boolean) {
  const all = source.recording?.all() ?? [];
  if (source.type === "child") return all.map(({ entry }) => ({ who: path, entry }));
  return all
    .filter((kept) => kept.path === path || (isShared && parent(kept.path) === parent(path)))
    .map(({ path: who, entry }) => ({ who, entry }));
}

const parent = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

function stepOf({ at, event, decision, by }: JournalEntry, replayed: RestartDecision): WhatIfStep {
  return {
    at,
    event: event.type === "launch" ? event.cause : event.type,
    exit: event.type === "exited" ? shortExit(event.exit as ExitRecord) : null,
    recorded: decision,
    replayed,
    asked: by !== "operator",
    same: isDeepStrictEqual(decision, replayed),
  };
}
