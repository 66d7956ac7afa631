// Which signals end a host in order, and which are handed on. Without a terminal SIGHUP is what makes a server read its
// configuration again; with one it says that the terminal is gone.

const STOP: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGQUIT"];
const HANDED_ON: readonly NodeJS.Signals[] = ["SIGUSR1", "SIGUSR2"];

export interface HostSignals {
  readonly stop: readonly NodeJS.Signals[];
  readonly handedOn: readonly NodeJS.Signals[];
}

export function hostSignals(hasTerminal: boolean): HostSignals {
  return hasTerminal
    ? { stop: [...STOP, "SIGHUP"], handedOn: HANDED_ON }
    : { stop: STOP, handedOn: ["SIGHUP", ...HANDED_ON] };
}
