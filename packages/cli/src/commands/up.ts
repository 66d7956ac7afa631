// `steadfast up [FILE]`: a stack in the foreground, until it is done or somebody stops it.

import type { CliCommand } from "../cli-command.js";
import { formatOf } from "../event-lines.js";
import { pidOneLine } from "../pid-one.js";
import { socketOf } from "../socket/place.js";
import { serve } from "../socket/server.js";
import { runPlain } from "../stack/plain-view.js";
import { LOOKED_FOR, readStack } from "../stack/read-stack.js";
import { reportLines } from "../stack/report-lines.js";

interface UpOptions {
  readonly log?: string;
  readonly socket?: string;
}

const HELP = `
FILE is a configuration of ours (steadfast.config.yaml, .json, .mjs; .ts where Node strips types), a Procfile, or a file of
pm2, systemd, Compose, process-compose or supervisord. Without it, the first of these in this folder is taken:
  ${LOOKED_FOR.join(", ")}

It stays in the foreground: a service manager is what keeps it in the background, and \`steadfast export systemd\` writes the
unit for one.`;

export const up: CliCommand = {
  name: "up",
  summary: "run a stack from a file, in the foreground",
  example: "steadfast up steadfast.config.yaml",
  define(command) {
    command
      .argument("[file]", "what to run")
      .option("--log <form>", "how events are written to standard error: text or json")
      .option("--socket <path>", "where a second terminal finds it (default: by this folder)")
      .addHelpText("after", HELP);
  },
  async run(command, world) {
    const [file] = command.args;
    const { log, socket } = command.opts<UpOptions>();
    const stack = await readStack(
      file,
      world.cwd,
      world.env as { readonly [name: string]: string },
    );
    for (const line of reportLines(stack.report, file ?? stack.name, world.err.paint)) {
      world.err.line(line);
    }
    const format = formatOf(log, world.err.isTerminal);
    const first = pidOneLine(world.pid, format, new Date());
    if (first !== null) world.err.line(first);
    return runPlain(stack, format, world, (host) =>
      serve(host, socket ?? socketOf(stack.folder, world.env)),
    );
  },
};
