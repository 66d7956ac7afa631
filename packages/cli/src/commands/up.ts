// `steadfast up [FILE]`: a stack in the foreground, until it is done or somebody stops it.

import type { CliCommand } from "../cli-command.js";
import { formatOf } from "../event-lines.js";
import { journalFile } from "../journal-file.js";
import { liveView } from "../live/live-view.js";
import { pidOneLine } from "../pid-one.js";
import { socketOf } from "../socket/place.js";
import { dashboardPage } from "../stack/dashboard-page.js";
import type { HostOptions } from "../stack/host.js";
import { plainView } from "../stack/plain-view.js";
import { LOOKED_FOR, readStack } from "../stack/read-stack.js";
import { reportLines } from "../stack/report-lines.js";
import { type Beside, runStack, type View } from "../stack/run-stack.js";
import { watching } from "../stack/watch.js";
import { variables, type World } from "../world.js";

interface UpOptions {
  readonly watch?: boolean;
  readonly log?: string;
  readonly journal?: string;
  readonly socket?: string;
  readonly dashboard?: boolean;
}

const HELP = `
FILE is a configuration of ours (steadfast.config.yaml, .json, .mjs; .ts where Node strips types), a Procfile, or a file of
pm2, systemd, Compose, process-compose or supervisord. Without it, the first of these in this folder is taken:
  ${LOOKED_FOR.join(", ")}

On a terminal there is a table with keys; elsewhere, and with --log, lines. It stays in the foreground: a service manager is
what keeps it in the background, and \`steadfast export systemd\` writes the unit for one.`;

export const up: CliCommand = {
  name: "up",
  summary: "run a stack from a file, in the foreground",
  example: "steadfast up steadfast.config.yaml",
  define(command) {
    command
      .argument("[file]", "what to run")
      .option("--watch", "restart a child when a file changes that it watches")
      .option("--log <form>", "no table: events as lines on standard error, text or json")
      .option("--journal <file>", "append what policies are asked and answer, a line of JSON each")
      .option("--socket <path>", "where a second terminal finds it (default: by this folder)")
      .option("--dashboard", "show it in a browser as well: needs @steadfast/dashboard")
      .addHelpText("after", HELP);
  },
  async run(command, world) {
    const [file] = command.args;
    const { log, socket, watch, journal, dashboard } = command.opts<UpOptions>();
    const view = viewOf(log, world);
    const stack = await readStack(file, world.cwd, variables(world));
    const { err } = world;
    for (const line of reportLines(stack.report, file ?? stack.name, err.paint)) err.line(line);
    using written = journalFile(journal, world.cwd, view.say);
    const beside: Beside[] = watch ? [watching(view.say)] : [];
    const page = dashboard ? await dashboardPage() : null;
    if (page) beside.push((host) => page.show(host.tree, stack.name, view.say));
    const write: HostOptions["journal"] = (entry, before) => {
      written.write(entry);
      page?.journal(entry, before);
    };
    return await runStack(stack, {
      view,
      journal: { write },
      socket: socket ?? socketOf(stack.folder, world.env),
      beside,
      hasTerminal: err.isTerminal,
    });
  },
};

function viewOf(log: string | undefined, { screen, keyboard, out, err, pid }: World): View {
  const format = formatOf(log, err.isTerminal);
  const first = pidOneLine(pid, format, new Date());
  if (first !== null) err.line(first);
  return screen && log === undefined ? liveView({ screen, keyboard, out }) : plainView(format, err);
}
