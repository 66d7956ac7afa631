// What a command is: a file in commands/, and a line in commands.ts.

import type { Command } from "commander";
import type { World } from "./world.js";

export interface CliCommand {
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** A whole command line at the end of its help, which a test runs. */
  readonly example: string;
  /** Adds its arguments, options and further help. */
  define(command: Command): void;
  /**
   * Does it, once the command line is read: `command.args`, `command.opts()`.
   *
   * @returns what the program exits with.
   * @throws CliError for what is wrong with the call or a file.
   */
  run(command: Command, world: World): Promise<number>;
}
