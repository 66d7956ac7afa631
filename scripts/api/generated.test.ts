// What `pnpm api` writes about a small package. About the packages of the repository: repository.test.ts.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorCatalogue, errorsPart } from "./errors.ts";
import { reference } from "./reference.ts";
import { smallPackage } from "./small-package.ts";
import { exportedNames, snapshot } from "./snapshot.ts";
import { rule } from "./sources.ts";
import { bareErrors, uncodedFindings } from "./thrown.ts";

let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "generated-"));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const DECLARATIONS = `
interface Common { readonly size: number }
/** Small is what it is. */
interface Small extends Common {
  /** How often. */
  readonly often?: 1;
}
/**
 * Makes one.
 * Errors: \`SmallError\` for a size below 1. Source: none.
 * @param size at
 *   least 1
 * @since 0.1.0
 * @example
 * small(1);
 */
declare function small(size: number): Small;
/** It is too small. Fix: make it a | b. */
declare class SmallError extends Error {
  private secret;
  readonly code = "ERR_SMALL";
  constructor(size: number);
}
declare function isSmallError(error: unknown): error is SmallError;
declare const none: Small;
declare function unseen(): void;
export { type Small, small, SmallError, isSmallError, none as noSmall };
`;

const read = () =>
  smallPackage(root, { ".": DECLARATIONS, "./more": 'export { small } from "./index.js";' });

describe("a snapshot", () => {
  test("shows what is exported, what that is made of, and nothing else", () => {
    expect(snapshot(read()).split("\n").slice(5).join("\n")).toBe(`## @steadfast/small

\`\`\`ts
interface Small extends Common {
  readonly often?: 1;
}

class SmallError extends Error {
  private secret;
  readonly code = "ERR_SMALL";
  constructor(size: number);
}

function isSmallError(error: unknown): error is SmallError;

const noSmall: Small;

function small(size: number): Small;
\`\`\`

Not exported, but part of what is:

\`\`\`ts
interface Common {
  readonly size: number;
}
\`\`\`

## @steadfast/small/more

\`\`\`ts
function small(size: number): Small;
\`\`\`
`);
  });

  test("tells the names that are exported", () => {
    const entry = "@steadfast/small";
    expect([...exportedNames(snapshot(read()))]).toEqual([
      `${entry}#Small`,
      `${entry}#SmallError`,
      `${entry}#isSmallError`,
      `${entry}#noSmall`,
      `${entry}#small`,
      `${entry}/more#small`,
    ]);
  });

  test("does not depend on the order of the declarations", () => {
    const before = snapshot(read());
    const turned = DECLARATIONS.split(/^(?=\/\*\*|export|declare const)/m)
      .reverse()
      .join("\n");
    expect(
      snapshot(
        smallPackage(root, { ".": turned, "./more": 'export { small } from "./index.js";' }),
      ),
    ).toBe(before);
  });
});

describe("the reference", () => {
  const sources = [
    {
      path: "packages/small/src/small.ts",
      text: '// Small is beautiful.\n//\n//   1 | 2\n\nimport "x";\nexport function small() {}\n',
    },
  ];

  test("has purpose, signature, example, rules and origin of a function", () => {
    expect(reference(read(), sources)).toContain(`#### small

Makes one.

\`\`\`ts
function small(size: number): Small;
\`\`\`

\`\`\`ts
small(1);
\`\`\`

**Errors:** \`SmallError\` for a size below 1. **Source:** none.

- \`size\`: at least 1

The rule, as it stands at the top of the source:

\`\`\`text
Small is beautiful.

  1 | 2
\`\`\`

Since 0.1.0 · [source](../../packages/small/src/small.ts)
`);
  });

  test("has the fields of a type", () => {
    expect(reference(read(), [])).toContain("| `often?` | How often. |");
  });

  test("the rule of a file is the comment at its top, and nothing further down", () => {
    expect(rule({ path: "", text: "// a\n// b\n\n// c\n" })).toBe("a\nb");
    expect(rule({ path: "", text: "\n// a\n" })).toBe("");
  });
});

describe("the catalogue of errors", () => {
  test("has code, guard, cause and fix in one row", () => {
    const row = errorCatalogue([read()], [])
      .split("\n")
      .find((line) => line.includes("ERR_SMALL"));
    expect(row?.split(" | ").slice(2)).toEqual([
      "[`isSmallError`](api/small.md#issmallerror)",
      "It is too small.",
      "Make it a \\| b. |",
    ]);
  });

  test.each([
    ["Errors: `A` for b. Source: c.", "`A` for b."],
    ["Decides: a. Errors: `A` for\nb: c; d.\n\nMore.", "`A` for\nb: c; d."],
    ["Errors: `A`. Effect on state: none.", "`A`."],
    ["Errors: none.", null],
    ["Effect on state, errors: none.", null],
    ["Errors: none of its own, except one.", "none of its own, except one."],
    ["It never throws.", null],
  ])("what %j says of errors", (text, errors) => {
    expect(errorsPart(text)).toBe(errors);
  });

  test("finds errors without a code, and only those", () => {
    const text = `
      throw new RangeError("got it");
      reject(Error("no"));
      throw new PolicyOptionsError("a", "b", "c", 0);`;
    expect(bareErrors({ path: "a.ts", text })).toEqual([
      { path: "a.ts", line: 2, error: "RangeError", message: "got it" },
      { path: "a.ts", line: 3, error: "Error", message: "no" },
    ]);
  });

  test("says which need a code, and which reasons are not needed", () => {
    const path = "packages/policy/src/a.ts";
    const [fault, ...idle] = uncodedFindings(bareErrors({ path, text: '\nthrow Error("no");' }));
    expect(fault).toBe(
      `${path}:2 Error "no": give it a class with a code, or a reason in scripts/api/thrown.ts`,
    );
    expect(idle).toContain(
      "scripts/api/thrown.ts: the reason for packages/laws/src/ is not needed",
    );
  });
});
