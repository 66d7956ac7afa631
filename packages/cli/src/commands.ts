// All commands, in the order of the help.

import type { CliCommand } from "./cli-command.js";
import { diff } from "./commands/diff.js";
import { explain } from "./commands/explain.js";
import { exportCommand } from "./commands/export.js";
import { importCommand } from "./commands/import.js";
import { lint } from "./commands/lint.js";
import { logs } from "./commands/logs.js";
import { ls } from "./commands/ls.js";
import { reload } from "./commands/reload.js";
import { replay } from "./commands/replay.js";
import { restart } from "./commands/restart.js";
import { run } from "./commands/run.js";
import { simulate } from "./commands/simulate.js";
import { status } from "./commands/status.js";
import { stop } from "./commands/stop.js";
import { timeline } from "./commands/timeline.js";
import { up } from "./commands/up.js";

export const commands: readonly CliCommand[] = [
  run,
  up,
  ls,
  logs,
  restart,
  stop,
  reload,
  status,
  lint,
  explain,
  simulate,
  diff,
  replay,
  timeline,
  importCommand,
  exportCommand,
];
