// How large a change of a package is, told by what was touched. Behaviour counts as API: a golden vector
// that says something else than it did is a major change, however small the edit.
//
// | what was touched since the last release          | the changeset says at least |
// |--------------------------------------------------|-----------------------------|
// | a vector in test/vectors was changed or removed   | major                       |
// | a public name is gone from api.md                 | major                       |
// | api.md says something else                        | minor                       |
// | src or package.json                               | patch                       |
// | anything else, also a vector that is new          | nothing                     |

import { exportedNames } from "../api/snapshot.ts";

export const SIZES = ["none", "patch", "minor", "major"] as const;

export type Size = (typeof SIZES)[number];

export interface Touched {
  /** Inside the package, such as `test/vectors/otp.json`. */
  readonly path: string;
  readonly how: "added" | "changed" | "removed";
}

export interface Need {
  readonly size: Size;
  readonly why: string;
}

export function atLeast(size: Size, other: Size): boolean {
  return SIZES.indexOf(size) >= SIZES.indexOf(other);
}

/** The largest of several sizes; `none` of none. */
export function largest(sizes: readonly Size[]): Size {
  return sizes.reduce((one, other) => (atLeast(one, other) ? one : other), "none");
}

/** Everything that asks for a changeset, the surface before and after included. */
export function needs(touched: readonly Touched[], before: string, after: string): Need[] {
  return [
    ...touched.flatMap(needOf),
    ...[...exportedNames(before)]
      .filter((name) => !exportedNames(after).has(name))
      .map((name): Need => ({ size: "major", why: `${name} is gone` })),
    ...(before !== after && before !== ""
      ? [{ size: "minor", why: "api.md: the public surface is another" } as const]
      : []),
  ];
}

function needOf({ path, how }: Touched): Need[] {
  if (/^test\/vectors\/.*(?<!README\.md)$/.test(path) && how !== "added") {
    return [{ size: "major", why: `${path} was ${how}: behaviour is API` }];
  }
  if (path.startsWith("src/") || path === "package.json") {
    return [{ size: "patch", why: `${path} was ${how}` }];
  }
  return [];
}
