// `steadfast lint`: what a policy does that its author can hardly have meant. Exits with 1 for an error, and for a
// warning with `--strict`.

import { type Finding, lint as lintPolicy } from "@steadfast/analysis";
import type { CliCommand } from "../cli-command.js";
import { type Judged, judgedIn } from "../judged/judged.js";
import type { World } from "../world.js";

interface LintOptions {
  readonly policy?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

const TONES = { error: "bad", warning: "warn" } as const;

export const lint: CliCommand = {
  name: "lint",
  summary: "say what is questionable about a policy, or those of a stack",
  example: "steadfast lint --policy 10/1m",
  define(command) {
    command
      .argument(
        "[file]",
        "a stack, or a policy in YAML or JSON (default: the stack of this folder)",
      )
      .option("--policy <policy>", "in place of a file: a preset, JSON, or a short form")
      .option("--strict", "exit with 1 for a warning, too")
      .option("--json", "a line of JSON for each finding");
  },
  async run(command, world) {
    const { policy, strict, json } = command.opts<LintOptions>();
    const all = await judgedIn(command.args[0], policy, world);
    const found = all.flatMap((one) =>
      lintPolicy(one.policy, one.rules).map((finding) => ({ of: one.name, finding })),
    );
    for (const { of, finding } of found) {
      world.out.line(json ? JSON.stringify({ of, ...finding }) : text(of, finding, world));
    }
    if (!json && found.length === 0) world.out.line(`nothing to say about ${names(all)}`);
    const isBad = found.some(({ finding }) => strict || finding.severity === "error");
    return isBad ? 1 : 0;
  },
};

function text(of: string, { severity, code, message, fix, by }: Finding, { out }: World): string {
  const guess = by === "guess" ? " (a guess)" : "";
  return `${of}: ${out.paint(TONES[severity], severity)} ${code}: ${message}${guess}\n  ${fix}`;
}

function names(all: readonly Judged[]): string {
  return all.map(({ name }) => name).join(", ");
}
