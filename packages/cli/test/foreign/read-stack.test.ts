// Which file is taken for what, and that files of other systems become stacks, with what does not map by line.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { formatByKeys, formatByName } from "../../src/foreign/format-of.js";
import { importFile } from "../../src/foreign/import-file.js";
import { readStack } from "../../src/stack/read-stack.js";
import { reportLines } from "../../src/stack/report-lines.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const idsOf = (services: readonly { readonly id: string }[]) => services.map(({ id }) => id);

it.each([
  ["steadfast.config.yaml", "steadfast"],
  ["a/Procfile", "procfile"],
  ["Procfile.dev", "procfile"],
  ["ecosystem.config.cjs", "pm2"],
  ["ecosystem.config.js", "pm2"],
  ["web.service", "systemd"],
  ["compose.yaml", "compose"],
  ["docker-compose.override.yml", "compose"],
  ["process-compose.yaml", "process-compose"],
  ["supervisord.conf", "supervisord"],
  ["other.yaml", null],
])("%s is of %s, by its name", (name, format) => {
  expect(formatByName(name)).toBe(format);
});

it.each([
  [{ children: {} }, "steadfast"],
  [{ services: {} }, "compose"],
  [{ processes: {} }, "process-compose"],
  [{ apps: [] }, "pm2"],
  [[], "pm2"],
  [null, "steadfast"],
])("%j is of %s, by its keys", (value, format) => {
  expect(formatByKeys(value)).toBe(format);
});

const FILES: readonly (readonly [name: string, text: string, ids: readonly string[]])[] = [
  ["Procfile", "web: node web.mjs\njob: node job.mjs\n", ["web", "job"]],
  [
    "ecosystem.config.cjs",
    "module.exports = { apps: [{ name: 'web', script: 'web.mjs' }] };",
    ["web"],
  ],
  ["web.service", "[Service]\nExecStart=/usr/bin/node web.mjs\nRestart=on-failure\n", ["web"]],
  ["compose.yaml", "services:\n  web:\n    command: node web.mjs\n    ports: ['80:80']\n", ["web"]],
  ["process-compose.yaml", "processes:\n  web:\n    command: node web.mjs\n", ["web"]],
  ["supervisord.conf", "[program:web]\ncommand=node web.mjs\n", ["web"]],
  ["all.conf", "[program:web]\ncommand=node web.mjs\n", ["web"]],
  ["plain.yaml", "processes:\n  web:\n    command: node web.mjs\n", ["web"]],
  ["steadfast.config.yaml", "children:\n  web: { command: node web.mjs }\n", ["web"]],
  ["mine.json", '{ "children": { "web": { "command": "node web.mjs" } } }', ["web"]],
  [
    "steadfast.config.mjs",
    "export default { children: { web: { command: 'node web.mjs' } } };",
    ["web"],
  ],
];

describe("readStack", () => {
  it.each(FILES)("%s", async (name, text, ids) => {
    write(name, text);
    const stack = await readStack(name, folder, {});
    expect(idsOf(stack.services)).toEqual(ids);
    expect(stack.folder).toBe(folder);
    for (const { cwd } of stack.services) expect(cwd).toBe(folder);
  });

  it("says with the line what does not map", async () => {
    write("compose.yaml", "services:\n  web:\n    command: node web.mjs\n    ports: ['80:80']\n");
    const { report } = await readStack("compose.yaml", folder, {});
    const [line] = reportLines(report, "compose.yaml", (_, text) => text);
    expect(line).toMatch(/^compose\.yaml:4: dropped services\.web\.ports: /);
  });

  it("refuses what is not there, and what holds nothing", async () => {
    await expect(readStack("no.yaml", folder, {})).rejects.toThrow(
      "no.yaml: there is no such file",
    );
    write("empty.service", "[Service]\n");
    const message = "empty.service: there is nothing in it that can be started";
    await expect(readStack("empty.service", folder, {})).rejects.toThrow(message);
    const empty = mkdtempSync(join(folder, "empty-"));
    await expect(readStack(undefined, empty, {})).rejects.toThrow(
      /no steadfast\.config\.mjs.* no Procfile; name a file/,
    );
  });

  it("says of a module what is wrong in it, without a line", async () => {
    write("bad.mjs", "export default { children: { web: { comand: 1 } } };");
    const message = "bad.mjs: children.web.comand is unknown (did you mean command?)";
    await expect(readStack("bad.mjs", folder, {})).rejects.toThrow(message);
    write("none.mjs", "export const a = 1;");
    await expect(readStack("none.mjs", folder, {})).rejects.toThrow(
      "none.mjs: it has no default export",
    );
    write("throws.mjs", "throw new Error('broken');");
    await expect(readStack("throws.mjs", folder, {})).rejects.toThrow(
      /it cannot be loaded: broken/,
    );
  });

  it("takes the first file that it looks for", async () => {
    const { services } = await readStack(undefined, folder, {});
    expect(idsOf(services)).toEqual(["web"]);
  });
});

it("does not import a configuration of our own", async () => {
  await expect(importFile("steadfast.config.yaml", folder, {})).rejects.toThrow(
    /of steadfast itself/,
  );
});
