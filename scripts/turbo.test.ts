// What turbo takes for the input of a task. A folder with a lockfile of its own has a node_modules of its own, in which tests
// and tools write: with that in the key, a task would run again although nothing has changed.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(`${root}turbo.json`, "utf8");
const { tasks } = JSON.parse(text) as { tasks: Record<string, { inputs?: readonly string[] }> };

/** Inputs of the root's tasks: those of a package's begin in its folder. */
const whole = Object.entries(tasks).flatMap(([task, { inputs = [] }]) =>
  (task.startsWith("//#") ? inputs : []).flatMap((input) => {
    const folder = /^([a-z]+)\/\*\*$/.exec(input)?.[1];
    const isOwn = folder !== undefined && existsSync(`${root}${folder}/pnpm-lock.yaml`);
    return isOwn ? [{ task, folder, inputs }] : [];
  }),
);

it("there are such tasks", () => {
  expect(whole.map(({ folder }) => folder)).toContain("engines");
});

it.each(whole)("$task: what is installed in $folder is no input", ({ folder, inputs }) => {
  expect(inputs).toContain(`!${folder}/node_modules/**`);
});
