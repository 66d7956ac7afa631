// `steadfast timeline FILE`: a line per child, time from left to right: of a journal what was, of a stack what would be if
// its children lived so long.

import { timeline as drawn, simulateTree, type TreeSimulation } from "@steadfast/analysis";
import { policyFrom } from "@steadfast/spec";
import type { CliCommand } from "../cli-command.js";
import { livedIn } from "../journal/happened.js";
import { chosen, isJournal, readJournal } from "../journal/read-journal.js";
import { millisOf } from "../millis-option.js";
import { exitOption, uptimeOf } from "../simulated/life-option.js";
import { readText } from "../source-file.js";
import { readStack } from "../stack/read-stack.js";
import { compact } from "../status/compact.js";
import { variables, type World } from "../world.js";

interface TimelineOptions {
  readonly child?: string;
  readonly uptime: string;
  readonly exit: string;
  readonly for: string;
}

const LEGEND = "= up   - starting   ~ asked to end   x failed";

export const timeline: CliCommand = {
  name: "timeline",
  summary: "draw the lives of children: of a journal, or of a stack as it would be",
  example: "steadfast timeline web.jsonl",
  define(command) {
    command
      .argument("[file]", "a journal, or a stack (default: that of this folder)")
      .option("--child <name>", "only this one, of a journal")
      .option("--uptime <time>", "how long children of a stack live: 1s, 1s..1m, ~1m", "~1m")
      .option("--exit <how>", "how they end: a code, or such as SIGKILL", "1")
      .option("--for <time>", "for so long", "10m");
  },
  async run(command, world) {
    const [file] = command.args;
    const options = command.opts<TimelineOptions>();
    if (file !== undefined && isJournal(readText(file, world.cwd))) {
      const { simulation, from } = livedIn(
        chosen(readJournal(file, world.cwd), options.child, file),
      );
      draw(simulation, `from ${new Date(from).toISOString()} on`, world);
    } else {
      const simulation = await simulatedStack(file, options, world);
      draw(simulation, `simulated for ${compact(simulation.untilMs)}`, world);
      const { end, child, why } = simulation;
      if (end !== "horizon") world.out.line(`then ${end}: ${child ?? "the stack"}, ${why}`);
    }
    return 0;
  },
};

async function simulatedStack(
  file: string | undefined,
  options: TimelineOptions,
  world: World,
): Promise<TreeSimulation> {
  const { services, strategy, budget } = await readStack(file, world.cwd, variables(world));
  const children = services.map(({ id, policy, after }) => ({
    id,
    policy: policyFrom(policy),
    ...(after && { after }),
  }));
  const life = { uptimeMs: uptimeOf(options.uptime), exit: exitOption(options.exit) };
  return simulateTree(
    {
      children,
      startFailure: "restart",
      ...(strategy && { strategy }),
      ...(budget && { budget: policyFrom(budget) }),
    },
    {
      children: Object.fromEntries(services.map(({ id }) => [id, life])),
      forMs: millisOf(options.for, "--for"),
    },
  );
}

const NARROWEST = 10;
const WIDEST = 1_000;
/** Of the line: beside the time there are the name, the blanks, and the end of the last number. */
const BESIDE = 12;

function draw(simulation: TreeSimulation, title: string, { out }: World): void {
  const longest = Math.max(0, ...Object.keys(simulation.children).map(({ length }) => length));
  const columns = Math.min(WIDEST, Math.max(NARROWEST, out.width() - longest - BESIDE));
  out.line(`${title}   ${out.paint("dim", LEGEND)}`);
  out.line(drawn(simulation, { columns }));
}
