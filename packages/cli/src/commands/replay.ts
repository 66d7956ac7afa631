// `steadfast replay JOURNAL --policy P`: what another policy would have done with the same events. Exits with 1 where a
// decision differs.

import { type DiffRow, diffTable } from "@steadfast/analysis";
import { type ReplayStep, type RestartPolicy, replay as replayed } from "@steadfast/policy";
import type { CliCommand } from "../cli-command.js";
import { type ChildJournal, chosen, readJournal } from "../journal/read-journal.js";
import { judgedOption } from "../judged/judged.js";
import type { World } from "../world.js";

interface ReplayOptions {
  readonly policy: string;
  readonly child?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

export const replay: CliCommand = {
  name: "replay",
  summary: "say what another policy would have done with the events of a journal",
  example: "steadfast replay web.jsonl --policy 5/10m",
  define(command) {
    command
      .argument("<journal>", "lines of JSON, as --journal writes them")
      .requiredOption("--policy <policy>", "a preset, a file, JSON, or a short form")
      .option("--child <name>", "only this one, of a tree's journal")
      .option("--all", "also the decisions that are the same")
      .option("--json", "a line of JSON for each decision");
  },
  async run(command, world) {
    const [file = ""] = command.args;
    const { policy, child, all = false, json = false } = command.opts<ReplayOptions>();
    const other = judgedOption(policy, world);
    const journals = chosen(readJournal(file, world.cwd), child, file);
    let differing = 0;
    for (const one of journals) {
      const steps = stepsOf(one, other.policy);
      const different = steps.filter(({ same }) => !same).length;
      differing += different;
      if (json) jsonLines(one, steps, all, world);
      else textLines(one, steps, { all, different, name: other.name }, world);
    }
    return differing > 0 ? 1 : 0;
  },
};

/** One child's lines under the policy. */
export function stepsOf({ lines }: ChildJournal, policy: RestartPolicy): readonly ReplayStep[] {
  return replayed(
    lines.map(({ entry }) => entry),
    policy,
  );
}

function jsonLines(
  { child, lines }: ChildJournal,
  steps: readonly ReplayStep[],
  all: boolean,
  { out }: World,
): void {
  for (const [i, step] of steps.entries()) {
    if (!all && step.same) continue;
    out.line(JSON.stringify({ child, line: lines[i]?.line, ...step }));
  }
}

interface Shown {
  readonly all: boolean;
  readonly different: number;
  readonly name: string;
}

function textLines(
  { child }: ChildJournal,
  steps: readonly ReplayStep[],
  { all, different, name }: Shown,
  { out }: World,
): void {
  const asked = steps.filter(({ event }) => event.type === "launch").length;
  const label = child === null ? "" : `${child}: `;
  const verdict = `${label}${different} of ${asked} decisions would be other ones`;
  out.line(different > 0 ? out.paint("warn", verdict) : verdict);
  const rows = rowsOf(steps, all);
  if (rows.length > 0) out.line(diffTable(rows, ["journal", name]));
}

/** The steps that are shown, in milliseconds from the first of the journal, each behind the exit before it. */
export function rowsOf(steps: readonly ReplayStep[], all: boolean): readonly DiffRow[] {
  const from = steps[0]?.at ?? 0;
  const shown = steps.filter((step, i) => {
    if (all || !step.same) return true;
    return step.event.type === "exited" && steps[i + 1]?.same === false;
  });
  return shown.map(({ at, event, recorded, replayed: other }) => ({
    at: at - from,
    event,
    a: recorded,
    b: other,
  }));
}
