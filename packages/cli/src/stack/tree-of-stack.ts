// A stack as the spec of a tree.

import { treeOf } from "@steadfast/bridges/processes";
import type { OutputTarget } from "@steadfast/child-process";
import { policyFrom } from "@steadfast/spec";
import type { TreeSpec } from "@steadfast/supervisor/tree";
import type { LogLine } from "./log-book.js";
import type { Stack } from "./stack.js";

/** @param prefixed whether lines go to this program's own streams, each behind the name of its child. */
export function treeOfStack(
  { services, strategy, budget }: Stack,
  hear: (line: LogLine) => void,
  prefixed: boolean,
): TreeSpec {
  const output: OutputTarget = {
    line: (line, { id, stream }) => hear({ id, stream, line }),
    ...(prefixed && { prefix: true as const }),
  };
  return {
    ...treeOf({ services }, { stdout: output, stderr: output }),
    ...(strategy && { strategy }),
    ...(budget !== undefined && { budget: policyFrom(budget) }),
    startFailure: "restart", // a child that cannot be started is one more failure for its policy
  };
}
