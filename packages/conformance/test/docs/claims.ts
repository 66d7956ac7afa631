// What a program claims about its values, made into checks.
//
//   launch(250); // => { type: "launch", delayMs: 250 }
//   const delays = [1, 2, 3].map(curve);
//   // => [200, 400, 800]
//
// A comment that begins with `=>` after a statement, on its line or on the next, is a claim: the value
// of the expression (or of the one name declared) is deeply equal to the value written. It goes on over
// following comment lines that are indented or close a bracket. A claim that belongs to no statement is an error, and so is
// one that the program never comes by.

import ts from "typescript";

const PRELUDE = [
  `import { deepStrictEqual as same__ } from "node:assert/strict";`,
  "const seen__ = new Set();",
  "function claim__(line, got, want) {",
  "seen__.add(line);",
  "try { same__(got, want); }",
  "catch (error) { throw new Error('line ' + line + ': ' + error.message); }",
  "}",
].join(" ");

const CLAIM =
  /^[ \t]*(?:(?:\/\/(?! =>).*)?\n[ \t]*)?\/\/ => (.*(?:\n[ \t]*\/\/(?: {2,}.*| [\])}]+))*)/;

interface Edit {
  readonly at: number;
  readonly text: string;
}

export interface Checked {
  /** The program with its checks, on the lines where it was. */
  readonly text: string;
  readonly claims: number;
}

/** Makes the claims of a program into checks. Its first line must be free. */
export function withChecks(program: string): Checked {
  const source = ts.createSourceFile("program.ts", program, ts.ScriptTarget.Latest, true);
  const edits: Edit[] = [];
  let claims = 0;

  function claimAfter(statement: ts.Statement): { value: string; line: number } | null {
    const [, text] = CLAIM.exec(program.slice(statement.end)) ?? [];
    if (text === undefined) return null;
    claims++;
    const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
    return { value: text.replaceAll(/\n\s*\/\/ */g, " "), line: line + 1 };
  }

  function visit(node: ts.Node): void {
    if (ts.isExpressionStatement(node)) {
      const claim = claimAfter(node);
      const { expression } = node;
      if (claim) {
        edits.push({ at: expression.getStart(), text: `claim__(${claim.line}, (` });
        edits.push({ at: expression.end, text: `), (${claim.value}))` });
      }
    } else if (ts.isVariableStatement(node)) {
      const claim = claimAfter(node);
      const [declared, ...more] = node.declarationList.declarations;
      if (claim && declared && more.length === 0 && ts.isIdentifier(declared.name)) {
        const { text } = declared.name;
        edits.push({ at: node.end, text: ` claim__(${claim.line}, (${text}), (${claim.value}));` });
      } else if (claim) {
        claims--;
      }
    }
    ts.forEachChild(node, visit);
  }
  visit(source);

  const written = program.match(/\/\/ =>/g)?.length ?? 0;
  if (written !== claims) {
    throw new Error(`${written - claims} of ${written} claims ("// =>") follow no statement`);
  }
  const ending = `if (seen__.size !== ${claims}) throw new Error(\`only claims at lines \${[...seen__]} of ${claims} were checked\`);`;
  return { text: `${PRELUDE}${apply(program, edits)}${claims > 0 ? ending : ""}\n`, claims };
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = "";
  let from = 0;
  for (const { at, text: added } of [...edits].sort((a, b) => a.at - b.at)) {
    result += text.slice(from, at) + added;
    from = at;
  }
  return result + text.slice(from);
}
