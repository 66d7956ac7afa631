// A whole command line where a command belongs is a warning; a file with a space in its name is not.

import { describe, expect, it } from "vitest";
import { forkLauncher, spawnLauncher } from "../src/index.js";

const codesOf = (command: string, options = {}) =>
  (spawnLauncher(command, [], options).findings ?? []).map(({ code }) => code);

describe("a command that looks like a command line", () => {
  it.each([
    "node server.js",
    "node  server.js",
    "npm run start",
    "node --inspect",
    "/usr/bin/node --inspect",
    "./server -p 80",
  ])("%s", (command) => expect(codesOf(command)).toEqual(["command-with-space"]));

  it("is a warning that does not repeat it", () => {
    const [found, ...others] = spawnLauncher("node secret-7.js").findings ?? [];
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: "warning" });
    expect(JSON.stringify(found)).not.toContain("secret-7");
  });
});

describe("one that does not", () => {
  it.each([
    "node",
    "/usr/bin/node",
    "./my server",
    "/opt/my tools/server",
    "C:\\Program Files\\nodejs\\node.exe",
    "C:/Program Files/nodejs/node.exe",
    "a-b",
  ])("%s", (command) => expect(codesOf(command)).toEqual([]));

  it("nor one that a shell splits", () => {
    expect(codesOf("node server.js", { shell: true })).toEqual([]);
    expect(codesOf("node server.js", { shell: "/bin/sh" })).toEqual([]);
  });

  it("nor a module to fork", () => {
    expect(forkLauncher("my server.js").findings).toBeUndefined();
  });
});
