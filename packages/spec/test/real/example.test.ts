import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/services.mjs prints what each policy is, and where one is wrong", async () => {
  const path = fileURLToPath(new URL("../../examples/services.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  const [mail, api, cron, metrics, ...inFull] = stdout.trimEnd().split("\n");
  expect([mail, api, cron]).toEqual([
    "mail: slidingWindow",
    "api: inTurn(backoff, slidingWindow)",
    "cron: docker",
  ]);
  expect(metrics).toMatch(
    /^metrics: policy\.members\[1\]\.kind must be one of .* \(did you mean slidingWindow\?\)$/,
  );
  expect(JSON.parse(inFull.join("\n"))).toMatchObject({
    kind: "slidingWindow",
    options: { limit: 5, windowMs: 60_000, edge: "half-open" },
  });
});
