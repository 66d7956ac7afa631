// A host that awaits the outcome of what is paused or held, and has nothing else to do.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const HOST = fileURLToPath(new URL("./paused-host.mjs", import.meta.url));

it.each(["one", "tree", "held"])("lives on until an order ends it: %s", async (mode) => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [HOST, mode]);
  expect([stdout, stderr]).toEqual(["stopped", ""]);
});
