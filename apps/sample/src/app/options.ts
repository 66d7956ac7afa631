import { parseArgs } from "node:util";

export const USAGE = `Counts the words of the Markdown, text and licence files below a folder, while its own parts fail.

  pnpm demo [folder] [--no-chaos] [--workers N] [--journal FILE] [--dashboard]
  pnpm demo replay FILE

  folder          default: the installed dependencies, or a folder shipped with the app
  --chaos         end a part of the stack every 3 % of the files (the demo's default)
  --no-chaos      leave every part alone
  --workers N     threads that count, 1 to 64, default 3
  --journal FILE  where the decisions are written as JSON lines, default: a file in the temporary folder
  --dashboard     show it in a browser as well, until Ctrl-C
  replay FILE     say what other policies would have decided in a run whose journal is FILE

Exit code: 0 the count is right, 1 it is not or nobody finished it, 2 wrong usage, 130 interrupted.`;

/** What is to be done. */
export type Command =
  | { readonly type: "help" }
  | { readonly type: "wrong"; readonly message: string }
  | { readonly type: "replay"; readonly file: string }
  | CountCommand;

export interface CountCommand {
  readonly type: "count";
  /** Null: the default folder. */
  readonly folder: string | null;
  readonly chaos: boolean;
  readonly workers: number;
  /** Null: a file in the temporary folder. */
  readonly journal: string | null;
  /** Whether a browser may look, until Ctrl-C. */
  readonly dashboard: boolean;
}

export function readCommand(args: readonly string[]): Command {
  try {
    return commandOf(args);
  } catch (error) {
    const [message = ""] = (error as Error).message.split(/\. |\n/);
    return { type: "wrong", message: `${message} (try --help)` };
  }
}

function commandOf(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      chaos: { type: "boolean" },
      "no-chaos": { type: "boolean" },
      workers: { type: "string" },
      journal: { type: "string" },
      dashboard: { type: "boolean" },
    },
  });
  if (values.help) return { type: "help" };
  const [first, second, third] = positionals;
  if (first === "replay") {
    if (second === undefined || third !== undefined) throw new Error("replay takes one file");
    return { type: "replay", file: second };
  }
  if (second !== undefined) throw new Error(`one folder at most, got ${positionals.length}`);
  return {
    type: "count",
    folder: first ?? null,
    chaos: values.chaos === true && values["no-chaos"] !== true,
    workers: workersOf(values.workers ?? "3"),
    journal: values.journal ?? null,
    dashboard: values.dashboard === true,
  };
}

function workersOf(text: string): number {
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 64) return workers;
  throw new Error(`--workers must be a whole number from 1 to 64, got ${JSON.stringify(text)}`);
}
