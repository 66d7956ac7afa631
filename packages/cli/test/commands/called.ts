// The program, called in memory: in a folder with some files, with what it said and what it would exit with.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../../src/main.js";
import { painter } from "../../src/output.js";

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Folder extends Disposable {
  readonly path: string;
  call(...args: readonly string[]): Promise<Called>;
}

/** A folder for a test, with these files in it. */
export function folder(files: { readonly [name: string]: string } = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), "steadfast-cli-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    async call(...args) {
      const said = { out: [] as string[], err: [] as string[] };
      const output = (lines: string[]) => ({
        isTerminal: false,
        color: false,
        width: () => 80,
        line: (text: string) => lines.push(text),
        paint: painter(false),
      });
      const code = await main(args, {
        out: output(said.out),
        err: output(said.err),
        env: {},
        cwd: path,
        pid: 2,
        screen: null,
        keyboard: null,
      });
      return { code, out: said.out.join("\n"), err: said.err.join("\n") };
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}
