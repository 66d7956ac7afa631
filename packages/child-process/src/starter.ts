// A launcher that starts its children itself, each as the leader of a process group of its own.

import type { ChildProcess } from "node:child_process";
import type { EnvOption, LaunchArgs, ProcessOptions } from "./launcher-options.js";
import { neverStarted } from "./never-started.js";
import type { OutputOptions } from "./output-options.js";
import { argsOf, checkCwd, checkedEnv, envOf } from "./per-attempt.js";
import type { ProcessLauncher } from "./process-launcher.js";
import { readProcessOptions } from "./read-launcher-options.js";
import { start } from "./start.js";
import { type StdioPlan, stdioPlan } from "./stdio-plan.js";

type StarterOptions = ProcessOptions & OutputOptions & EnvOption;

/** What Node is given for an attempt, beside the arguments. */
type Given<Options> = Omit<Options, keyof StarterOptions> & {
  readonly env: NodeJS.ProcessEnv | undefined;
  readonly detached: boolean;
  readonly stdio: StdioPlan;
};

/**
 * Checks the options, which are handed on to Node as they were then, and makes the launcher.
 *
 * @param nodeKeys the options that are Node's own.
 * @param make starts a child.
 */
export function starter<Options extends StarterOptions>(
  owner: string,
  args: LaunchArgs,
  options: Options,
  nodeKeys: readonly string[],
  make: (args: readonly string[], given: Given<Options>) => ChildProcess,
): ProcessLauncher {
  const settings = readProcessOptions(owner, options, ["env", ...nodeKeys]);
  const node = { ...options };
  const { env } = options;
  if (typeof env !== "function") checkedEnv(owner, env);
  const { cwd } = options as { readonly cwd?: string | URL };
  checkCwd(owner, cwd);
  const looked = neverStarted(owner, cwd);
  return {
    launch: (info) =>
      looked(
        start(
          owner,
          info,
          ({ direct }) => ({
            child: make(argsOf(owner, args, info), {
              ...node,
              env: envOf(owner, node, info),
              detached: process.platform !== "win32",
              stdio: stdioPlan(settings, direct),
            }),
            promise: null,
          }),
          settings,
          () => ({ ours: true, leadsGroup: true, promise: null }),
        ),
      ),
  };
}
