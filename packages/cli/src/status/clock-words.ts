// Sentences of the core name instants in milliseconds since 1970; a person reads a time of day.

const INSTANT = /the instant (-?[0-9][0-9 ]*)/g;

export function onTheClock(sentence: string): string {
  return sentence.replaceAll(INSTANT, (_, digits: string) =>
    new Date(Number(digits.replaceAll(" ", ""))).toTimeString().slice(0, 8),
  );
}
