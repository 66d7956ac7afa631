// `steadfast import FILE`: a file of another system as a configuration of our own, on standard output; what does not map is
// said on standard error, and makes it exit with 1 with `--strict`.

import { stringify } from "yaml";
import type { CliCommand } from "../cli-command.js";
import { configOf } from "../config/config-of.js";
import { importFile } from "../foreign/import-file.js";
import { reportLines } from "../stack/report-lines.js";
import { variables } from "../world.js";

interface ImportOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export const importCommand: CliCommand = {
  name: "import",
  summary: "turn a file of pm2, systemd, Compose and others into a configuration",
  example: "steadfast import ecosystem.config.cjs",
  define(command) {
    command
      .argument("<file>", "pm2, systemd, Compose, process-compose, supervisord, or a Procfile")
      .option("--json", "JSON in place of YAML")
      .option("--strict", "exit with 1 if anything of it does not map");
  },
  async run(command, world) {
    const [file = ""] = command.args;
    const { json, strict } = command.opts<ImportOptions>();
    const { services, report } = await importFile(file, world.cwd, variables(world));
    const { config, dropped } = configOf(services);
    const all = [...report, ...dropped];
    world.out.line(
      json ? JSON.stringify(config, null, 2) : stringify(config, { lineWidth: 100 }).trimEnd(),
    );
    for (const line of reportLines(all, file, world.err.paint)) world.err.line(line);
    return strict && all.length > 0 ? 1 : 0;
  },
};
