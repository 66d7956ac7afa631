// What is printed about a package, and what makes it red.

import { compare, itemOf, type Listed } from "./listed.ts";
import { percent, type Score } from "./mutants.ts";

/** Of a hundred mutants, at least so many must be noticed. */
const LEAST = 95;

export interface Verdict {
  readonly lines: readonly string[];
  readonly reds: readonly string[];
}

/** `listed` is what docs/mutants.md says of this package. */
export function verdict(name: string, score: Score, listed: readonly Listed[]): Verdict {
  const { mutants, noticed, survivors, faults } = score;
  const { unlisted, over } = compare(survivors, listed);
  const low = `${name}: ${percent(score)} % is less than ${LEAST} %`;
  return {
    lines: [
      `${name}: ${noticed} of ${mutants} mutants noticed, ${percent(score)} %`,
      ...survivors.map((one) => `  src/${one.file}:${one.line}  ${itemOf(one)}`),
    ],
    reds: [
      ...(noticed * 100 < mutants * LEAST || mutants === 0 ? [low] : []),
      ...faults.map((fault) => `packages/${name}/${fault}`),
      ...unlisted.map((one) => `${name}: not listed in docs/mutants.md: ${itemOf(one)}`),
      ...over.map((one) => `${name}: listed in docs/mutants.md, and not survived: ${itemOf(one)}`),
    ],
  };
}
