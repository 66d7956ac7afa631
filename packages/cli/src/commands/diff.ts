// `steadfast diff FILE --policy P`: the shortest life of a child under which two policies differ. Exits with 1 if there
// is one.

import { diff as compare } from "@steadfast/analysis";
import type { CliCommand } from "../cli-command.js";
import { CliError } from "../cli-error.js";
import { type Judged, judgedIn, judgedOption } from "../judged/judged.js";

interface DiffOptions {
  readonly policy: readonly string[];
  readonly compare: string;
  readonly json?: boolean;
}

const COMPARED = ["decisions", "reasons", "kinds"] as const;

export const diff: CliCommand = {
  name: "diff",
  summary: "show the shortest life under which two policies differ",
  example: "steadfast diff --policy pm2 --policy systemd",
  define(command) {
    command
      .argument("[file]", "a stack, or a policy in YAML or JSON; each of its policies is compared")
      .requiredOption(
        "--policy <policy>",
        "with what: a preset, a file, JSON, or a short form; twice in place of a file",
        (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
      )
      .option("--compare <what>", "decisions, reasons or kinds", "decisions")
      .option("--json", "as JSON");
  },
  async run(command, world) {
    const { policy: policies, compare: word, json } = command.opts<DiffOptions>();
    const [file] = command.args;
    const sameness = COMPARED.find((one) => one === word);
    if (!sameness) throw new CliError(`--compare must be ${COMPARED.join(", ")}, got ${word}`);
    const wanted = file === undefined ? 2 : 1;
    if (policies.length !== wanted) {
      throw new CliError(
        file === undefined
          ? `without a file, --policy is given twice, got ${policies.length}`
          : `beside a file, --policy is given once, got ${policies.length}`,
      );
    }
    const [last = ""] = policies.slice(-1);
    const other = judgedOption(last, world);
    const all = await judgedIn(file, file === undefined ? policies[0] : undefined, world);
    let differs = false;
    for (const one of all) {
      const found = compare(sideOf(one), sideOf(other), {
        names: [one.name, other.name],
        compare: sameness,
      });
      differs ||= found.differ;
      if (json) world.out.line(JSON.stringify({ of: one.name, ...found }));
      else world.out.line(all.length > 1 ? `${one.name}:\n${found.table}` : found.table);
    }
    return differs ? 1 : 0;
  },
};

/** A policy with the rules of its preset. */
function sideOf({ policy, rules }: Judged) {
  return { ...rules, policy };
}
