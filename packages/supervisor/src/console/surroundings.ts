// Where the lines go unless a user says otherwise. This runs wherever JavaScript does: where there is a
// process, its standard error and environment are asked; nothing there is trusted to be there.

interface ProcessLike {
  readonly stderr?: StderrLike;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

interface StderrLike {
  readonly isTTY?: boolean;
  listeners?(event: "error"): readonly unknown[];
  on?(event: "error", listener: () => void): unknown;
}

/** `console.error`: standard error where there is one, the developer tools elsewhere. */
export function toConsole(line: string): void {
  console.error(line);
}

const ignore = (): void => {};

/** A standard error that is closed, or whose disk is full, is an uncaught error of a host that does not listen. */
export function guardStderr(): void {
  asked(({ stderr }) => {
    if (stderr?.listeners?.("error").includes(ignore) === false) stderr.on?.("error", ignore);
  }, undefined);
}

/** Whether standard error is a terminal. */
export function isTerminal(): boolean {
  return asked(({ stderr }) => stderr?.isTTY === true, false);
}

/**
 * Whether to use colour there: FORCE_COLOR decides (`0` and `false` are a no), else NO_COLOR and
 * `TERM=dumb` forbid it, else it is a terminal. A variable that is empty says nothing.
 */
export function wantsColor(): boolean {
  const forced = variable("FORCE_COLOR");
  if (forced) return forced !== "0" && forced !== "false";
  if (variable("NO_COLOR") || variable("TERM") === "dumb") return false;
  return isTerminal();
}

const variable = (name: string): string => asked(({ env }) => env?.[name] ?? "", "");

/** What the process says; some runtimes have none, or throw where they are not permitted to say. */
function asked<Value>(ask: (process: ProcessLike) => Value, otherwise: Value): Value {
  try {
    const { process } = globalThis as { process?: ProcessLike };
    return process ? ask(process) : otherwise;
  } catch {
    return otherwise;
  }
}
