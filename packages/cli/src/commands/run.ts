// `steadfast run -- node server.mjs`: one child under supervision until it is done or somebody stops it, in a terminal
// or as the entry point of a container.

import { basename } from "node:path";
import type { Service } from "@steadfast/bridges";
import { treeOf } from "@steadfast/bridges/processes";
import type { PolicySpec } from "@steadfast/spec";
import { type Launcher, type SuperviseOptions, supervise } from "@steadfast/supervisor";
import { exitCode, untilSignals } from "@steadfast/supervisor/node";
import { Option } from "commander";
import type { CliCommand } from "../cli-command.js";
import { eventLines, formatOf } from "../event-lines.js";
import { forwardSignals } from "../forward-signals.js";
import { hostSignals } from "../host-signals.js";
import { journalFile } from "../journal-file.js";
import { millisOf } from "../millis-option.js";
import { pidOneLine } from "../pid-one.js";
import { policyOption } from "../policy-option.js";
import { DEFAULTS, type PolicyParts, policyOfParts } from "../policy-parts.js";
import { readyOf } from "../ready-option.js";
import type { World } from "../world.js";

interface RunOptions extends PolicyParts {
  readonly giveUp?: boolean;
  readonly policy?: string;
  readonly ready?: string;
  readonly readyWithin?: string;
  readonly name?: string;
  readonly grace: string;
  readonly stopSignal?: string;
  readonly logPrefix?: boolean;
  readonly log?: string;
  readonly journal?: string;
}

const HELP = `
SIGINT, SIGTERM and SIGQUIT stop the child in order, a second one kills it at once. SIGUSR1 and SIGUSR2 are passed on;
so is SIGHUP, unless it is started from a terminal.

Exit codes: that of the child when it is not restarted any more (128 + n for a signal), 128 + n when a signal stopped
it, 127 and 126 for a command that is not there or cannot be run, 2 for a wrong call.`;

export const run: CliCommand = {
  name: "run",
  summary: "run one command, and restart it by a policy",
  example: "steadfast run --limit 5/1m --ready line:listening -- node server.mjs",
  define(command) {
    command
      .argument("<command...>", "the command and its arguments, after --")
      .passThroughOptions()
      .option("--restart <when>", `on-failure, always or no (default: ${DEFAULTS.restart})`)
      .option(
        "--limit <n/time>",
        `at most so many launches in any such time, or none (default: ${DEFAULTS.limit})`,
      )
      .option(
        "--backoff <from..to>",
        `the delay before a restart, or none (default: ${DEFAULTS.backoff})`,
      )
      .option(
        "--give-up",
        "end when the limit is reached; without it, a restart waits until it is free",
      )
      .addOption(
        new Option(
          "--policy <policy>",
          "in place of these four: a preset, a file, JSON, or a short form",
        ).conflicts(["restart", "limit", "backoff", "giveUp"]),
      )
      .option("--ready <when>", "port:3000, message, line:TEXT, http:3000/path or a URL")
      .option("--ready-within <time>", "not ready after this long, it has failed")
      .option("--name <name>", "its name in what is said (default: the name of the command)")
      .option("--grace <time>", "from the request to stop to the kill", "5s")
      .option("--stop-signal <name>", "what asks it to stop (default: SIGTERM)")
      .option("--log-prefix", "its name in front of each line of its output")
      .option("--log <form>", "how events are written to standard error: text or json")
      .option(
        "--journal <file>",
        "append what the policy is asked and answers, a line of JSON each",
      )
      .addHelpText("after", HELP);
  },
  async run(command, world) {
    const options = command.opts<RunOptions>();
    const service = serviceOf(command.args, options, world);
    const format = formatOf(options.log, world.err.isTerminal);
    const first = pidOneLine(world.pid, format, new Date());
    if (first !== null) world.err.line(first);
    return exitCode(await superviseIt(service, options, format, world));
  },
};

async function superviseIt(
  service: Service,
  { logPrefix, journal: file }: RunOptions,
  format: "text" | "json",
  world: World,
) {
  const output = logPrefix ? { prefix: true as const } : "inherit";
  const [child] = treeOf({ services: [service] }, { stdout: output, stderr: output }).children;
  const {
    launcher,
    after: _,
    replicas: __,
    ...rest
  } = child as typeof child & { launcher: Launcher };
  const { stop, handedOn } = hostSignals(world.err.isTerminal);
  using signal = untilSignals(stop);
  using journal = journalFile(file, world.cwd, (line) => world.err.line(`steadfast: ${line}`));
  const onEvent = eventLines(format);
  const options = { ...(rest as SuperviseOptions), signal, onEvent, journal: journal.write };
  const handle = supervise(launcher, options);
  using _forwarded = forwardSignals(handedOn, (name) => handle.signal(name));
  return await handle.outcome;
}

/** The policy of the command line. */
function policyOf(options: RunOptions, { cwd }: World): PolicySpec {
  const { policy, giveUp } = options;
  const spec = policy ? policyOption(policy, cwd) : policyOfParts(options);
  return giveUp ? { kind: "giveUp", members: [spec] } : spec;
}

/** What the command line says, as a service. */
export function serviceOf(words: readonly string[], options: RunOptions, world: World): Service {
  const [program = "", ...args] = words;
  const { readiness, probe } = options.ready ? readyOf(options.ready, "--ready") : {};
  return {
    id: options.name ?? basename(program),
    command: program,
    args,
    policy: policyOf(options, world),
    stop: {
      gracePeriodMs: millisOf(options.grace, "--grace"),
      ...(options.stopSignal !== undefined && { signal: options.stopSignal }),
    },
    ...(readiness?.via === "message" && { channel: true }),
    ...(readiness && { readiness: { ...readiness, ...within(options.readyWithin) } }),
    ...(probe && { probe }),
  };
}

function within(time: string | undefined): { readonly timeoutMs?: number } {
  return time === undefined ? {} : { timeoutMs: millisOf(time, "--ready-within") };
}
