import type { Total } from "./ledger.js";
import type { Tally } from "./tally.js";

/** What became of each child, as lines. */
export function childLines(ids: readonly string[], tally: Tally): readonly string[] {
  const header = "child      attempts  restarts  refusals  causes";
  return [
    header,
    ...ids.map((id) => {
      const { attempts, refusals, causes } = tally.of(id);
      const restarts = Math.max(0, attempts - 1);
      const why = [...causes].map(([cause, times]) => `${times} x ${cause}`).join(", ");
      return [
        id.padEnd(9),
        String(attempts).padStart(10),
        String(restarts).padStart(10),
        String(refusals).padStart(10),
        `  ${why}`,
      ].join("");
    }),
  ];
}

/** The verdict, as one line. */
export function verdictLine(counted: Total, undisturbed: Total): string {
  const equal = isEqual(counted, undisturbed);
  const found = `${counted.words} words in ${counted.files} files`;
  const expected = `${undisturbed.words} in ${undisturbed.files}`;
  return equal
    ? `equal: ${found}, and the undisturbed count finds the same`
    : `NOT EQUAL: ${found}, but the undisturbed count finds ${expected}`;
}

export function isEqual(one: Total, other: Total): boolean {
  return one.files === other.files && one.words === other.words;
}
