// One of the two streams that a person or a program reads: whether it is a terminal, how wide, and in colour or not.
// FORCE_COLOR decides (`0` and `false` are a no), else NO_COLOR and `TERM=dumb` forbid it, else it is a terminal.

import { styleText } from "node:util";

export type Tone = "bad" | "warn" | "good" | "dim" | "strong";

export interface Output {
  readonly isTerminal: boolean;
  readonly color: boolean;
  /** Its columns now; 80 where nobody says. */
  width(): number;
  /** Writes a line, or several. */
  line(text: string): void;
  /** The text in colour, where there is colour. */
  paint(tone: Tone, text: string): string;
}

/** What is asked of a stream of the process. */
interface StreamLike {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: "error", listener: () => void): unknown;
}

const STYLES = {
  bad: "red",
  warn: "yellow",
  good: "green",
  dim: "dim",
  strong: "bold",
} as const satisfies Record<Tone, string>;

const DEFAULT_WIDTH = 80;

const ignore = () => {};

export function outputOf(stream: StreamLike, env: NodeJS.ProcessEnv): Output {
  const isTerminal = stream.isTTY === true;
  const color = wantsColor(env, isTerminal);
  stream.on("error", ignore); // nobody reads it any more: `steadfast ls | head -1`
  return {
    isTerminal,
    color,
    width: () => stream.columns || DEFAULT_WIDTH,
    line: (text) => stream.write(`${text}\n`),
    paint: painter(color),
  };
}

/** Paints a text, or leaves it alone. */
export function painter(color: boolean): Output["paint"] {
  return (tone, text) =>
    color && text !== "" ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}

export function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: forbidden, TERM: term } = env;
  if (forced) return forced !== "0" && forced !== "false";
  return !forbidden && term !== "dumb" && isTerminal;
}
