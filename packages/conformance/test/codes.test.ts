// Every reason with which a policy of this repository refuses is put in words by `logEvents`. A new one
// belongs into packages/supervisor/src/console/codes.ts.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { logEvents } from "@steadfast/supervisor/console";
import { expect, it } from "vitest";
import { ROOT } from "./docs/pages.js";

const REASON = /\brefuse\(\s*"([a-z-]+)"/g;

/** Policies that are only tried, or faulty on purpose. */
const KIT = "packages/laws/";

const reasons = globSync("packages/*/src/**/*.ts", { cwd: ROOT })
  .filter((path) => !path.startsWith(KIT))
  .flatMap((path) => {
    const code = readFileSync(join(ROOT, path), "utf8").replaceAll(/^\s*(\*|\/\/).*$/gm, "");
    return [...code.matchAll(REASON)].map(([, reason = ""]) => reason);
  });

it.each([...new Set(reasons)].sort())("%s is put in words", (reason) => {
  const lines: string[] = [];
  const onEvent = logEvents({ write: (line) => lines.push(line), format: "text" });
  const about = { id: "a", at: 0, attempt: 1, generation: 0 };
  onEvent({ ...about, type: "refused", reason, retryAfterMs: 1 });
  expect(lines[0]).toMatch(new RegExp(`yet: (\\w+ )+\\(${reason}\\), possible`));
});

it("finds the reasons", () => {
  expect(reasons).toEqual(expect.arrayContaining(["window-full", "stop-when", "fatal"]));
});
