// Errors that are thrown without a stable code: every `new Error`, `new TypeError` and the like in the
// sources of what is published. Each has to be known, with the reason why it needs no code.

import ts from "typescript";
import type { Source } from "./sources.ts";

export interface Bare {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Such as `RangeError`. */
  readonly error: string;
  /** The message as written, with its `${...}`. */
  readonly message: string;
}

const BUILT_IN = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/;

export function bareErrors({ path, text }: Source): Bare[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Bare[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const error = node.expression.getText();
      if (BUILT_IN.test(error)) {
        const [first] = node.arguments ?? [];
        const message = first ? first.getText().replace(/^(["'`])([\s\S]*)\1$/, "$2") : "";
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        found.push({ path, line: line + 1, error, message });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Files, or folders, whose errors have no code on purpose, each with the reason. */
export const uncoded: Readonly<Record<string, string>> = {
  "packages/bridges/src/graphile-worker/exit-limit.ts":
    "ends the pool of graphile-worker, which writes its message into a log",
  "packages/bridges/src/requeue.ts":
    "the message of the attempt that failed, in the job that an engine fails for good",
  "packages/bridges/src/restate/policy-object.ts": "the message of a terminal error of Restate",
  "packages/bridges/src/restate/ingress.ts":
    "what Restate answered to a question, with which the supervision fails",
  "packages/bridges/src/restate/run-under.ts":
    "an attempt's error, made again of its record, for a policy to look at",
  "packages/child-process/src/":
    "passed to `onFault` or part of an exit, never thrown: the message is for a log",
  "packages/laws/src/":
    "a test kit speaks to the author of the test; what the museum throws is an exhibit",
  "packages/stores/src/store-cases.ts": "the test kit speaks to the author of the test",
  "packages/supervision/src/tree/nested.ts": "part of the exit of a nested tree, never thrown",
  "packages/supervisor/src/tree/tree-launcher.ts": "part of the exit of a tree, never thrown",
  "packages/supervisor/src/testing/": "the test kit speaks to the author of the test",
  "packages/worker-threads/src/worker-exit.ts": "part of an exit `spawn-failed`, never thrown",
  "packages/worker-threads/src/pool/slot-desk.ts":
    "a mistake in the calling program: the request to one thread rejects with it",
  "packages/worker-threads/src/serve.ts":
    "what a request rejects with on the other side: it has the code ERR_NO_SUCH_FUNCTION",
  "packages/worker-threads/src/standby.ts": "part of the exit of a standby, never thrown",
  "packages/worker-threads/src/worker-launcher.ts":
    "a mistake in a driver: `supervise` hands back what it was given",
  "packages/worker-threads/src/new-worker.ts":
    "a mistake in the calling program, like Node's own TypeErrors: `supervise` throws it to its caller",
};

/** One line for every error without a code and without a reason, and for every reason that is not needed. */
export function uncodedFindings(bare: readonly Bare[]): string[] {
  const faults = bare
    .filter((one) => reasonFor(one) === null)
    .map(
      ({ path, line, error, message }) =>
        `${path}:${line} ${error} "${message}": give it a class with a code, or a reason in scripts/api/thrown.ts`,
    );
  const idle = Object.keys(uncoded)
    .filter((prefix) => !bare.some(({ path }) => path.startsWith(prefix)))
    .map((prefix) => `scripts/api/thrown.ts: the reason for ${prefix} is not needed`);
  return [...faults, ...idle];
}

/** Why an error needs no code; null if it needs one. */
export function reasonFor({ path }: Bare): string | null {
  const [, why = null] = Object.entries(uncoded).find(([prefix]) => path.startsWith(prefix)) ?? [];
  return why;
}
