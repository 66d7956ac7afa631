// A program on a real pseudo-terminal, and what a person would see of it: the screen as an emulator draws it. A test waits
// for something to stand on the screen, never for time.

import { fileURLToPath } from "node:url";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

export const STEADFAST = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Ended {
  readonly code: number;
  /** 0 where none ended it. */
  readonly signal: number;
}

export interface Terminal extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** The lines that are on the screen, and those that have left it at the top. */
  text(): string;
  /** Settles when the text matches; rejects if the program ends before. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  /** The screen itself, with colours. */
  readonly screen: xterm.Terminal;
  /** All bytes so far, with their escapes. */
  raw(): string;
  press(keys: string): void;
  resize(size: Size): void;
}

export interface How extends Size {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `node` with arguments. The environment is whole: nothing of the test's own changes colours. */
export function open(args: readonly string[], { columns, rows, cwd, env }: How): Terminal {
  const screen = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 5_000,
    allowProposedApi: true,
  });
  const path = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
  const child = spawn(process.execPath, [...args], {
    cols: columns,
    rows,
    cwd,
    env: { ...path, TERM: "xterm-256color", ...env },
  });
  const waiting = new Set<() => void>();
  let raw = "";
  let over: Ended | null = null;
  const look = () => {
    for (const one of waiting) one();
  };
  const text = () => {
    const { active } = screen.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, y) => active.getLine(y)?.translateToString(true) ?? "",
    );
    return lines.join("\n").trimEnd();
  };
  child.onData((data) => {
    raw += data;
    screen.write(data, look);
  });
  const ended = new Promise<Ended>((resolve) => {
    child.onExit(({ exitCode, signal = 0 }) => {
      over = { code: exitCode, signal };
      screen.write("", () => {
        look();
        resolve(over as Ended);
      });
    });
  });

  return {
    pid: child.pid,
    ended,
    text,
    screen,
    raw: () => raw,
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const one = () => {
          const found = pattern.exec(text());
          if (!found && !over) return;
          waiting.delete(one);
          if (found) resolve(found);
          else reject(new Error(`it ended without ${pattern}:\n${text()}`));
        };
        waiting.add(one);
        one();
      }),
    press: (keys) => child.write(keys),
    resize(size) {
      screen.resize(size.columns, size.rows);
      child.resize(size.columns, size.rows);
    },
    async [Symbol.asyncDispose]() {
      if (!over) child.kill("SIGKILL");
      await ended;
    },
  };
}
