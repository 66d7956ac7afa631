// All commands, in the order of the help.

import type { CliCommand } from "./cli-command.js";
import { logs } from "./commands/logs.js";
import { ls } from "./commands/ls.js";
import { reload } from "./commands/reload.js";
import { restart } from "./commands/restart.js";
import { run } from "./commands/run.js";
import { status } from "./commands/status.js";
import { stop } from "./commands/stop.js";
import { up } from "./commands/up.js";

export const commands: readonly CliCommand[] = [run, up, ls, logs, restart, stop, reload, status];
