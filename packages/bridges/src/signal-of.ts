import { SIGNAL_NUMBERS } from "@steadfast/presets/signals";

const REAL_TIME = /^SIGRTM(IN|AX)([+-]\d+)?$/;
/** Of two names for one number, the first: SIGABRT, not SIGIOT. */
const NUMBERED = new Map(
  Object.entries(SIGNAL_NUMBERS)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** They suspend a process, let it go on, or tell it of a child of its own. */
const NO_REQUESTS = ["SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT", "SIGCHLD"];

/** What is said of a signal that nobody is asked by. */
export const NO_STOP_SIGNAL = "no signal that Node sends to ask for something; SIGTERM is sent";

/** A signal by which a host asks a process to end, or to reload; null for none, a real-time signal included. */
export function requestOf(text: string): string | null {
  const signal = signalOf(text);
  return signal === null || REAL_TIME.test(signal) || NO_REQUESTS.includes(signal) ? null : signal;
}

/** `SIGTERM` of `TERM`, `SIGTERM` or `15`; null for what names no signal. */
export function signalOf(text: string): string | null {
  if (/^\d+$/.test(text)) return NUMBERED.get(Number(text)) ?? null;
  const name = `SIG${text.replace(/^SIG/, "")}`;
  return Object.hasOwn(SIGNAL_NUMBERS, name) || REAL_TIME.test(name) ? name : null;
}
