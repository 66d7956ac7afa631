// A launcher that starts its children itself, each as the leader of a process group of its own.

import type { ChildProcess } from "node:child_process";
import { type ChildInfo, checkEnvFile, checkEnvironment, environmentOf } from "./environment.js";
import { newMark } from "./escapees.js";
import type { FoundChild } from "./factory-child.js";
import type { InputOptions } from "./input-options.js";
import type { EnvOption, LaunchArgs, ProcessOptions } from "./launcher-options.js";
import type { Custody } from "./live-process.js";
import { neverStarted } from "./never-started.js";
import type { Outlets } from "./outlets.js";
import type { OutputOptions } from "./output-options.js";
import { settlePast } from "./past-attempt.js";
import { argsOf, checkArgs, checkCwd } from "./per-attempt.js";
import type { ProcessLauncher } from "./process-launcher.js";
import { type ProcessSettings, readProcessOptions } from "./read-launcher-options.js";
import { saysOf } from "./ready-line.js";
import type { StandbyStart } from "./standby.js";
import { start } from "./start.js";
import { type StdioPlan, stdioPlan } from "./stdio-plan.js";

type StarterOptions = ProcessOptions & InputOptions & OutputOptions & EnvOption;

/** What Node is given for an attempt, beside the arguments. */
type Given<Options> = Omit<Options, keyof StarterOptions> & {
  readonly env: NodeJS.ProcessEnv;
  readonly detached: boolean;
  readonly stdio: StdioPlan;
};

/** What can be done with the options, checked. */
interface Started {
  readonly launcher: ProcessLauncher;
  readonly settings: ProcessSettings;
  /** Starts a child whose signals go into this box. */
  readonly start: StandbyStart;
}

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
): Started {
  const settings = readProcessOptions(owner, options, ["env", "envFile", ...nodeKeys]);
  const node = { ...options };
  if (typeof args !== "function") checkArgs(owner, args);
  const { env } = options;
  if (typeof env !== "function") checkEnvironment(owner, env);
  checkEnvFile(owner, options.envFile);
  const { cwd } = options as { readonly cwd?: string | URL };
  checkCwd(owner, cwd);
  const looked = neverStarted(owner, cwd);

  function makeChild(info: ChildInfo, { direct }: Outlets): FoundChild {
    const mark = newMark();
    const child = make(argsOf(owner, args, info), {
      ...node,
      env: environmentOf(owner, node, { ...info, mark }),
      detached: process.platform !== "win32",
      stdio: stdioPlan(settings, direct),
    });
    const { text } = settings.input;
    // What it does not want to read is a fault like any other.
    if (text !== undefined && child.pid !== undefined) child.stdin?.end(text);
    return { child, promise: null, mark };
  }

  const custody = { ours: true, leadsGroup: true, promise: null };
  const custodyOf = ({ mark }: FoundChild): Custody => ({ ...custody, mark });
  const maker = { owner, settings, make: makeChild, custodyOf };
  return {
    launcher: {
      settlePast: (past) => settlePast(past, settings),
      ...saysOf(settings),
      launch: (info) => looked(start(maker, info)),
    },
    settings,
    start: (info, box) => looked(start(maker, info, box)),
  };
}
