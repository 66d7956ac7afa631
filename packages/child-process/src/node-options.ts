// Options of Node's own that belong somewhere else here, and where.

const OWN_FACTORY = "processLauncher(() => spawn(...)) takes every option of Node";

const ELSEWHERE: Readonly<Record<string, string>> = {
  detached: "every child leads a process group: see killScope",
  killSignal: "stopSignal asks it to end",
  timeout: "supervise has maxRunMs",
  signal: "supervise has signal",
  silent: "see stdout and stderr",
  input: "see stdin",
  encoding: OWN_FACTORY,
  maxBuffer: OWN_FACTORY,
};

/** What to do instead, for an option that Node knows and we do not; empty for any other. */
export function insteadOf(option: string): string {
  return Object.hasOwn(ELSEWHERE, option) ? (ELSEWHERE[option] ?? "") : "";
}
