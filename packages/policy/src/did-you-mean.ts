// The nearest right name, for error messages. Built only when an error is made, and kept small, since
// every policy carries it.
//
// Two names are as much alike as they have pairs of neighbouring letters in common, twice their number
// over the number of all pairs; capitals and small letters are the same, and so is the end of a name.

const NEAR = 0.37;

/**
 * The hint for a wrong name: `did you mean capMs?`, or an empty text where no known name is near.
 *
 * Every package of Steadfast builds its hints with it, and only when an error is made. Of several names
 * that are equally near the first is taken. Effect on state: none. Never throws.
 *
 * @since 0.1.0
 * @example
 * didYouMean("maxMs", ["initialMs", "factor", "capMs"]); // => "did you mean capMs?"
 * didYouMean("colour", ["initialMs", "factor", "capMs"]); // => ""
 */
export function didYouMean(wrong: unknown, known: readonly unknown[]): string {
  const near = nearestName(wrong, known);
  return near === undefined ? "" : `did you mean ${near as string}?`;
}

/** The known name that is nearest to a wrong one, or undefined if none is near. */
export function nearestName<Name>(wrong: unknown, known: readonly Name[]): Name | undefined {
  if (typeof wrong !== "string") return undefined;
  const likeness = (name: Name) => {
    const one = pairsOf(wrong);
    const other = pairsOf(name);
    const both = one.filter((pair) => other.includes(pair));
    return (2 * both.length) / (one.length + other.length);
  };
  return known
    .filter((name) => likeness(name) > NEAR)
    .sort((one, other) => likeness(other) - likeness(one))[0];
}

/** Longer than any name; and what is an object has no name, nor may it be asked for one. */
const LONGEST = 60;

function pairsOf(name: unknown): readonly string[] {
  const text = Object(name) === name ? "" : String(name).slice(0, LONGEST);
  const letters = Array.from(text.toLowerCase());
  return letters.map((letter, i) => letter + letters[i + 1]);
}
