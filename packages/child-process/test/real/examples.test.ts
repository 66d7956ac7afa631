import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/keep-running.mjs keeps a server running", async () => {
  const path = fileURLToPath(new URL("../../examples/keep-running.mjs", import.meta.url));
  expect(await promisify(execFile)(process.execPath, [path])).toStrictEqual({
    stdout: [
      "Error: attempt 1: no database",
      "Error: attempt 2: no database",
      "stopped 3 signalled SIGTERM",
      "",
    ].join("\n"),
    stderr: "",
  });
});
