// Most packages prove themselves. The supervision is proved by those who use it, too: the supervisor runs it
// through every order and fault, and the laws compare its tree with a twin that shares no code with it. A mutant
// of it is shown to these tests after its own.

import { fileURLToPath } from "node:url";

interface Elsewhere {
  /** Test files of other packages. */
  readonly files: readonly string[];
  /** Where those files, and what they import, stand. */
  readonly folders: readonly string[];
  /** What stands for the package where those tests and their sources import it. */
  readonly entries: Readonly<Record<string, string>>;
}

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const inSupervisor = (name: string) => place(`../../packages/supervisor/test/${name}.test.ts`);

/** Of the supervisor's tests those that are about what is decided, not about who carries it out. */
const ABOUT_DECISIONS = [
  "broken-launcher",
  "broken-policy",
  "causes",
  "commands",
  "delays",
  "handle",
  "journal",
  "jumps",
  "lifecycle",
  "not-yet",
  "operator",
  "operator-ask",
  "oracle",
  "outcome",
  "policy-changed",
  "policy-view",
  "reentrancy",
  "reload",
  "remote",
  "restart-limit",
  "shared-budget",
  "snapshot",
  "tree/supervise-tree",
  "invariants",
];

/** By package; `folder` is the copy whose sources are changed. */
export function alsoShown(name: string, folder: string): Elsewhere | null {
  if (name !== "@steadfast/supervision") return null;
  return {
    files: [
      ...ABOUT_DECISIONS.map(inSupervisor),
      place("../../packages/laws/test/tree-laws/few-trees.ts"),
    ],
    folders: ["supervisor/src", "supervisor/test", "laws/src", "laws/test/tree-laws"].map((path) =>
      place(`../../packages/${path}`),
    ),
    entries: {
      "@steadfast/supervision/tree": `${folder}/src/tree.ts`,
      "@steadfast/supervision": `${folder}/src/index.ts`,
    },
  };
}
