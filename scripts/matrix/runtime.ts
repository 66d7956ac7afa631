// A runtime of the matrix: it runs one program of a user and reports the result.

import type { ProgramName } from "../packed/programs.ts";

export interface Runtime {
  /** As it stands in the table, such as `node 20.16.0`. */
  readonly name: string;
  /** The programs that make sense here at all. */
  readonly programs: readonly ProgramName[];
  /** Fetches what it takes; a rejection means that the runtime cannot be looked at. */
  prepare(): Promise<Prepared>;
}

export interface Prepared {
  /** Runs one program in every form that the runtime knows: by import and by require, mostly. */
  run(program: ProgramName): Promise<readonly Form[]>;
  end?(): Promise<void>;
}

export interface Form {
  /** Such as `import`. */
  readonly form: string;
  readonly ok: boolean;
  /** The sentences of the launcher suite that do not hold. */
  readonly broken: readonly string[];
  /** What was printed. */
  readonly said: string;
}

/** Reads what a program printed: `<name>: ok` as its last word, or a line per broken sentence. */
export function judged(form: string, program: ProgramName, stdout: string, stderr = ""): Form {
  const lines = stdout.trim().split("\n");
  const broken = lines.flatMap((line) => /^broken: (.*)$/.exec(line)?.[1] ?? []);
  const ok = lines.at(-1) === `${program}: ok` && broken.length === 0;
  return { form, ok, broken, said: `${stdout}\n${stderr}`.trim() };
}
