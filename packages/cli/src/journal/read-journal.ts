// A journal: a line of JSON for each event and its decision, as `journal` of `supervise` and `superviseTree`, and
// `--journal` of `run` and `up` write them; in those of a tree each line names its child. A last line that was cut off,
// because its host was killed, is left out.

import {
  isPolicyOptionsError,
  type JournalEntry,
  launch,
  replay,
  restartPolicy,
} from "@steadfast/policy";
import { CliError, messageOf } from "../cli-error.js";
import { readText } from "../source-file.js";

/** An entry, and the line where it stands. */
export interface JournalLine {
  readonly line: number;
  readonly entry: JournalEntry;
}

/** What a journal says of one child. */
export interface ChildJournal {
  /** Null where the lines name none. */
  readonly child: string | null;
  readonly lines: readonly JournalLine[];
}

/** Whether a text is a journal: its first line is one of a journal. */
export function isJournal(text: string): boolean {
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  try {
    const entry = JSON.parse(first) as Record<string, unknown> | null;
    return typeof entry === "object" && entry !== null && "event" in entry && "decision" in entry;
  } catch {
    return false;
  }
}

/** @throws CliError for what is no journal, with the place. */
export function readJournal(file: string, cwd: string): readonly ChildJournal[] {
  const lines = readText(file, cwd).split("\n");
  const children = new Map<string | null, JournalLine[]>();
  for (const [index, text] of lines.entries()) {
    const isLast = index === lines.length - 1;
    if (text.trim() === "") continue;
    const entry = parsed(text, isLast, { file, line: index + 1 });
    if (entry === null) continue;
    const { id } = entry as { id?: unknown };
    const child = typeof id === "string" ? id : null;
    const own = children.get(child) ?? [];
    own.push({ line: index + 1, entry });
    children.set(child, own);
  }
  if (children.size === 0) throw new CliError("there is no entry of a journal in it", { file });
  return [...children].map(([child, own]) => ({ child, lines: own }));
}

/** Notes everything: `replay` with it says whether an entry is one. */
const ANY = restartPolicy({ name: "any", launch: (state) => [state, launch(0)] });

/** Null for the rest of a line that was cut off. */
function parsed(
  text: string,
  isLast: boolean,
  place: { readonly file: string; readonly line: number },
): JournalEntry | null {
  let entry: JournalEntry;
  try {
    entry = JSON.parse(text) as JournalEntry;
  } catch (error) {
    if (isLast) return null;
    throw new CliError(`this is not JSON: ${messageOf(error)}`, place);
  }
  try {
    replay([entry], ANY);
    return entry;
  } catch (error) {
    if (!isPolicyOptionsError(error)) throw error;
    throw new CliError(
      error.message.replace("replay: journal[0]", "this entry of a journal"),
      place,
    );
  }
}

/** The one that is named, or all. Throws CliError with the names that there are. */
export function chosen(
  journals: readonly ChildJournal[],
  child: string | undefined,
  file: string,
): readonly ChildJournal[] {
  if (child === undefined) return journals;
  const found = journals.filter((one) => one.child === child);
  if (found.length > 0) return found;
  const names = journals.map((one) => one.child ?? "(no name)").join(", ");
  throw new CliError(`--child: there is no ${child} in it; there are ${names}`, { file });
}
