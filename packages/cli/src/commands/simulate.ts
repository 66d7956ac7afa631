// `steadfast simulate`: what becomes of a child that lives and ends as described, in virtual time; as text, JSON or a picture.

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { simulate as play, type Simulation } from "@steadfast/analysis";
import type { CliCommand } from "../cli-command.js";
import { CliError } from "../cli-error.js";
import { type Judged, judgedIn } from "../judged/judged.js";
import { millisOf } from "../millis-option.js";
import { exitOption, uptimeOf } from "../simulated/life-option.js";
import { simulationSvg } from "../simulated/simulation-svg.js";
import { launchLines, verdictOf } from "../simulated/simulation-text.js";
import type { World } from "../world.js";

interface SimulateOptions {
  readonly policy?: string;
  readonly uptime: string;
  readonly exit: string;
  readonly for: string;
  readonly seed: string;
  readonly svg?: string;
  readonly json?: boolean;
}

export const simulate: CliCommand = {
  name: "simulate",
  summary: "show what becomes of a child that lives and ends like this",
  example: "steadfast simulate --policy pm2 --uptime 900ms --for 1h",
  define(command) {
    command
      .argument(
        "[file]",
        "a stack, or a policy in YAML or JSON (default: the stack of this folder)",
      )
      .option("--policy <policy>", "in place of a file: a preset, JSON, or a short form")
      .option("--uptime <time>", "how long it lives: 1s, 1s..1m, or ~1m on average", "1s")
      .option("--exit <how>", "how it ends: a code, or such as SIGKILL", "1")
      .option("--for <time>", "for so long", "1h")
      .option("--seed <n>", "lives and delays at random are those of this number", "1")
      .option("--svg <file>", "also draw it into this file")
      .option("--json", "everything that happened, as JSON");
  },
  async run(command, world) {
    const options = command.opts<SimulateOptions>();
    const all = await judgedIn(command.args[0], options.policy, world);
    const played = all.map((one) => ({ name: one.name, simulation: playedBy(one, options) }));
    for (const { name, simulation } of played) {
      if (options.json) world.out.line(JSON.stringify({ of: name, ...simulation }));
      else say(name, simulation, world);
    }
    if (options.svg !== undefined) {
      writeFileSync(resolve(world.cwd, options.svg), simulationSvg(played));
    }
    return 0;
  },
};

function playedBy({ policy, rules }: Judged, options: SimulateOptions): Simulation {
  return play(
    policy,
    {
      uptimeMs: uptimeOf(options.uptime),
      exit: exitOption(options.exit),
      forMs: millisOf(options.for, "--for"),
      seed: seedOf(options.seed),
    },
    rules,
  );
}

function seedOf(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new CliError(`--seed must be a whole number from 0 to 999999999, got ${text}`);
}

function say(name: string, simulation: Simulation, { out }: World): void {
  out.line(`${out.paint("strong", name)}: ${verdictOf(simulation)}`);
  for (const line of launchLines(simulation)) out.line(`  ${line}`);
}
