import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const program = new URL("../../examples/plain-spawn.mjs", import.meta.url);

it("examples/plain-spawn.mjs runs a child three times, and then no more", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(program)]);
  expect(stdout.split("\n")).toEqual([
    "here I am",
    "here I am",
    "here I am",
    "no more: cap-reached",
    "",
  ]);
});

it("is the program in the README, as it stands", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const code = readFileSync(program, "utf8").split("\n\n").slice(1).join("\n\n").trim();
  expect(readme).toContain(code);
});
