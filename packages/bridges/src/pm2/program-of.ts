// What pm2 runs for an app: its interpreter with the script, or the script alone.
//
// - An interpreter that is named; `none` is none.
// - Else by the script's ending; a script without one and without a folder is a command, such as npm; any other is
//   run by node.
// - A script with blanks is a command line, for a shell.

import type { ObjectReader } from "../object-reader.js";
import { ownEntry } from "../own-entry.js";
import type { Service } from "../service.js";
import { shellWords } from "../shell-words.js";

const INTERPRETERS: { readonly [ending: string]: string } = {
  js: "node",
  mjs: "node",
  cjs: "node",
  ts: "bun",
  tsx: "bun",
  sh: "bash",
  py: "python3",
  rb: "ruby",
  php: "php",
  pl: "perl",
};

const words = (reader: ObjectReader, key: string): readonly string[] => {
  const value = reader.raw(key);
  if (typeof value !== "string") return reader.texts(key) ?? [];
  const split = shellWords(value);
  if (split === null) reader.dropped(key, "a quote is not closed");
  return split ?? [];
};

export function programOf(
  reader: ObjectReader,
  script: string,
): Pick<Service, "command" | "args" | "shell"> {
  const named = ["interpreter", "exec_interpreter"].map(reader.text).find((one) => one);
  const options = ["interpreter_args", "node_args"].flatMap((key) => words(reader, key));
  const args = words(reader, "args");
  const run = (command: string, all: readonly string[]) =>
    all.length > 0 ? { command, args: all } : { command };
  if (named === undefined && /\s/.test(script)) {
    return { command: [script, ...args].join(" "), shell: true };
  }
  const [, ending] = /\.(\w+)$/.exec(script) ?? [];
  const isCommand = ending === undefined && !script.includes("/");
  const usual = isCommand ? "none" : (ownEntry(INTERPRETERS, ending ?? "") ?? "node");
  const interpreter = named ?? usual;
  if (interpreter === "none") return run(script, args);
  return run(interpreter, [...options, script, ...args]);
}
