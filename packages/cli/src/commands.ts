// All commands, in the order of the help.

import type { CliCommand } from "./cli-command.js";
import { run } from "./commands/run.js";

export const commands: readonly CliCommand[] = [run];
