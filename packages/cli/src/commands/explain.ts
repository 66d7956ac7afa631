// `steadfast explain`: why an answer was given, and until when. Of a journal it is the last one, or that of a line; of a stack or
// a policy that to a child which crashes at once, when it is refused for the first time.

import { type Explanation, explain as explainStep } from "@steadfast/analysis";
import { type LaunchEvent, type ReplayStep, type RestartPolicy, replay } from "@steadfast/policy";
import type { CliCommand } from "../cli-command.js";
import { CliError } from "../cli-error.js";
import { type ChildJournal, chosen, isJournal, readJournal } from "../journal/read-journal.js";
import { firstRefusal } from "../judged/first-refusal.js";
import { type Judged, judgedIn, judgedOption } from "../judged/judged.js";
import { readText } from "../source-file.js";
import { onTheClock } from "../status/clock-words.js";
import type { World } from "../world.js";

interface ExplainOptions {
  readonly policy?: string;
  readonly child?: string;
  readonly line?: string;
  readonly json?: boolean;
}

export const explain: CliCommand = {
  name: "explain",
  summary: "say why an answer was given, and until when it holds",
  example: "steadfast explain web.jsonl --policy 5/10m",
  define(command) {
    command
      .argument("[file]", "a journal, a stack, or a policy (default: the stack of this folder)")
      .option("--policy <policy>", "the policy of a journal; without a file, what is explained")
      .option("--child <name>", "only this one, of a tree's journal")
      .option("--line <n>", "the answer in this line of a journal (default: the last)")
      .option("--json", "the whole explanation as JSON");
  },
  async run(command, world) {
    const [file] = command.args;
    const options = command.opts<ExplainOptions>();
    const explained =
      file !== undefined && isJournal(readText(file, world.cwd))
        ? ofJournal(file, options, world)
        : await ofPolicies(file, options, world);
    for (const { of, found, sentence, note } of explained) {
      if (options.json) world.out.line(JSON.stringify({ of, ...found }));
      else world.out.line(`${of}: ${sentence}${note}`);
    }
    return 0;
  },
};

interface Explained {
  readonly of: string;
  readonly found: Explanation;
  /** With times of day, where its instants are some. */
  readonly sentence: string;
  readonly note: string;
}

async function ofPolicies(
  file: string | undefined,
  { policy, child, line }: ExplainOptions,
  world: World,
): Promise<readonly Explained[]> {
  if (child !== undefined || line !== undefined) {
    throw new CliError("--child and --line are about a journal, and this is none");
  }
  const all = await judgedIn(file, policy, world);
  return all.map(({ name, policy: one, rules }: Judged) => {
    const { state, event, at, restarts, isRefused } = firstRefusal(one, rules);
    const after = `after ${restarts} restarts of a child that crashes at once`;
    const note = isRefused ? ` (${after})` : ` (${after}; none was refused)`;
    const found = explainStep(one, state, event, at);
    return { of: name, found, sentence: found.sentence, note };
  });
}

function ofJournal(file: string, options: ExplainOptions, world: World): readonly Explained[] {
  const { policy, child, line } = options;
  if (policy === undefined) {
    throw new CliError("a journal does not say under which policy it was written: give --policy");
  }
  const { policy: under } = judgedOption(policy, world);
  const journals = chosen(readJournal(file, world.cwd), child, file);
  if (line === undefined) return journals.map((one) => atLine(one, null, under, file));
  const wanted = Number(line);
  const one = journals.find(({ lines }) => lines.some((entry) => entry.line === wanted));
  if (!one) throw new CliError(`--line: there is no entry in line ${line}`, { file });
  return [atLine(one, wanted, under, file)];
}

function atLine(
  { child, lines }: ChildJournal,
  wanted: number | null,
  policy: RestartPolicy,
  file: string,
): Explained {
  const upTo = wanted === null ? lines.length : lines.findIndex(({ line }) => line === wanted) + 1;
  const seen = lines.slice(0, upTo);
  const last = seen.findLastIndex(({ entry }) => entry.event.type === "launch");
  const asked = seen[last];
  if (!asked || (wanted !== null && last !== seen.length - 1)) {
    throw new CliError("this is no request: only the answer to a launch can be explained", {
      file,
      line: wanted ?? (seen.at(-1)?.line as number),
    });
  }
  const { event, decision, by } = asked.entry;
  const [step] = replay(
    seen.slice(0, last + 1).map(({ entry }) => entry),
    policy,
  ).slice(-1) as [ReplayStep];
  const found = explainStep(policy, step.before, event as LaunchEvent, step.at);
  const isOther = by !== "operator" && !step.same;
  const of = [file, asked.line].join(":") + (child === null ? "" : ` ${child}`);
  const recorded = decision.type === "refuse" ? `refused, ${decision.reason}` : decision.type;
  const note = isOther ? ` The journal has another answer (${recorded}): is it its policy?` : "";
  return { of, found, sentence: onTheClock(found.sentence), note };
}
