import { SIGNAL_NUMBERS } from "@steadfast/presets/signals";

const REAL_TIME = /^SIGRTM(IN|AX)([+-]\d+)?$/;
/** Of two names for one number, the first: SIGABRT, not SIGIOT. */
const NUMBERED = new Map(
  Object.entries(SIGNAL_NUMBERS)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** `SIGTERM` of `TERM`, `SIGTERM` or `15`; null for what names no signal. */
export function signalOf(text: string): string | null {
  if (/^\d+$/.test(text)) return NUMBERED.get(Number(text)) ?? null;
  const name = `SIG${text.replace(/^SIG/, "")}`;
  return Object.hasOwn(SIGNAL_NUMBERS, name) || REAL_TIME.test(name) ? name : null;
}
