// "Did you mean": the nearest of a list of words. Letters' case, hyphens and underscores do not count;
// of what is left a third may be wrong.

/** The hint for a wrong word: the nearest right one, or nothing. */
export function didYouMean(word: unknown, words: readonly string[]): string {
  const near = typeof word === "string" ? nearest(word, words) : null;
  return near === null ? "" : `did you mean ${near}?`;
}

const LONGEST = 40;

function nearest(word: string, words: readonly string[]): string | null {
  if (word.length > LONGEST) return null;
  const meant = bare(word);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(meant.length / 3)) + 1;
  for (const one of words) {
    const apart = distance(meant, bare(one));
    if (apart < least) [best, least] = [one, apart];
  }
  return best;
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, "");
}

/** How many letters must be put in, taken out or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
