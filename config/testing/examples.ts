// Every example in a docstring runs as it stands, and what it claims is so: `code; // => value`, or a line
// `// => value` after a statement, is a claim. A statement begins and ends at the left margin, and ends with a
// semicolon or a brace. `scripts/packed` runs the same examples once more, from the packed packages.

import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import { describe, expect, it } from "vitest";

export interface Example {
  /** What its docstring stands at. */
  readonly name: string;
  readonly code: string;
}

export interface Examples {
  /** The folders of sources whose docstrings are read, and those below them. */
  readonly folders: readonly URL[];
  /** What the examples may name. */
  readonly scope: object;
  /** What must have an example; those of others run, too. */
  readonly names: readonly string[];
}

/** A docstring's example, and the name that it is of: the next that is exported, no docstring in between. */
const EXAMPLE =
  /@example\n((?:(?!\*\/)[\s\S])*)\*\/(?:(?!\/\*\*)[\s\S])*?\nexport (?:async )?(?:function|interface|class|const) (\w+)/g;

function examplesBelow(folder: URL): Example[] {
  const files = globSync("**/*.ts", { cwd: folder }).sort();
  return files.flatMap((file) =>
    [...readFileSync(new URL(file, folder), "utf8").matchAll(EXAMPLE)].map(
      ([, code = "", name = ""]) => ({ name, code: code.replaceAll(/^ *\* ?/gm, "") }),
    ),
  );
}

const CLAIM = /^( *)(.*); \/\/ => (.*)$/;

/** Makes claims into calls of `claim`. */
function withClaims(code: string): string {
  let text = "";
  let open = "";
  for (const line of code.replaceAll(/;\n *\/\/ => /g, "; // => ").split("\n")) {
    const [, indent = "", last, value] = CLAIM.exec(line) ?? [];
    if (last === undefined) {
      open += `${line}\n`;
    } else if (indent === "") {
      open = `claim((${open}${last}), (${value}));\n`;
    } else {
      open += `claim((${last}), (${value}));\n`;
      continue;
    }
    if (!/^\S.*;|^}$|^$/.test(line)) continue;
    text += open;
    open = "";
  }
  return `${text}${open}`;
}

/** Runs it; answers how many claims were looked at, and rejects where one is wrong. */
export async function claimsOf(code: string, scope: object): Promise<number> {
  let claims = 0;
  const claim = (got: unknown, expected: unknown) => {
    claims++;
    expect(got).toEqual(expected);
  };
  // In a function of its own: an example may use a name that is in scope for something else.
  const body = stripTypeScriptTypes(`async function example() {\n${withClaims(code)}\n}`);
  const names = { claim, ...scope };
  await compileFunction(`return (${body})();`, Object.keys(names))(...Object.values(names));
  return claims;
}

/** The tests of it. */
export function describeExamples({ folders, scope, names }: Examples): void {
  const examples = folders.flatMap(examplesBelow);

  describe("an example runs, and what it claims is so", () => {
    it.each(examples.map(({ name, code }) => [name, code]))("%s", async (_, code) => {
      expect(await claimsOf(code, scope)).toBeGreaterThan(0);
    });
  });

  it.each(names)("%s has an example", (name) => {
    expect(examples.map((example) => example.name)).toContain(name);
  });
}
