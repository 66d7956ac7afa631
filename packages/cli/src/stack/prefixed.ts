import { stripVTControlCharacters } from "node:util";
import type { Output } from "../output.js";
import { fill, RESET, STYLE, safe } from "../status/cells.js";
import type { LogLine } from "./log-book.js";

const WIDTH = 12;

/** A line of a child behind its name. Colours of the child stay; what would move the cursor does not. */
export function prefixed({ id, line, stream }: LogLine, { paint }: Pick<Output, "paint">): string {
  const label = `${fill(safe(id), Math.max(WIDTH, id.length))} |`;
  return `${paint(stream === "stderr" ? "warn" : "dim", label)} ${tame(line)}`;
}

/** Any control character but a tab. */
const CONTROL = /[^\P{Cc}\t]/gu;

/** With its colours, which end at the end of the line, and nothing that moves the cursor. */
function tame(line: string): string {
  const parts = line.split(STYLE);
  const tamed = parts.map((part) =>
    STYLE.test(part) ? part : stripVTControlCharacters(part).replaceAll(CONTROL, ""),
  );
  return tamed.join("") + (parts.length > 1 ? RESET : "");
}
