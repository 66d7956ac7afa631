// The program from the list of its commands: reads the command line, runs one, and says what it exits with.
//
//   0 done    1 it found something, or failed    2 wrong call or file    else: what a child ended with

import { isPolicyOptionsError } from "@steadfast/policy";
import { isPolicySpecError } from "@steadfast/spec";
import { Command, CommanderError } from "commander";
import type { CliCommand } from "./cli-command.js";
import { CliError, messageOf } from "./cli-error.js";
import { commands as all } from "./commands.js";
import { VERSION } from "./version.js";
import type { World } from "./world.js";

const FAILED = 1;
const WRONG_USE = 2;

export async function main(
  args: readonly string[],
  world: World,
  commands: readonly CliCommand[] = all,
): Promise<number> {
  let code = 0;
  const program = programOf(commands, world, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return failure(error, world);
  }
}

function programOf(
  commands: readonly CliCommand[],
  world: World,
  end: (code: number) => void,
): Command {
  const program = new Command("steadfast")
    .description("Keeps programs running: restarts them by a policy, and says why.")
    .version(VERSION)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.out.line(text.trimEnd()),
      writeErr: (text) => world.err.line(text.trimEnd()),
    });
  for (const one of commands) {
    const command = program.command(one.name).summary(one.summary).description(one.summary);
    one.define(command);
    command
      .addHelpText("after", `\nExample:\n  $ ${one.example}`)
      .action(async () => end(await one.run(command, world)));
  }
  return program;
}

function failure(error: unknown, { err }: World): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
  err.line(`${err.paint("bad", "steadfast:")} ${messageOf(error)}`);
  if (error instanceof CliError) return error.exitCode;
  if (isPolicySpecError(error) || isPolicyOptionsError(error)) return WRONG_USE;
  return FAILED;
}
