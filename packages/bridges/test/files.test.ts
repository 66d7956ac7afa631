// Configuration files of real projects, shortened to what they configure: each names its project. What is read of
// them, and where what does not map stands, is in files/read.json, which was checked by hand.

import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { presetFrom } from "@steadfast/spec";
import { describe, expect, it } from "vitest";
import { fromCompose } from "../src/compose.js";
import type { Imported, Service } from "../src/index.js";
import { fromEcosystem } from "../src/pm2.js";
import { fromProcessCompose } from "../src/process-compose.js";
import { treeOf } from "../src/processes.js";
import { fromProcfile } from "../src/procfile.js";
import { fromSupervisord } from "../src/supervisord.js";
import { fromUnit } from "../src/systemd.js";

const FOLDER = new URL("files/", import.meta.url);

const READERS: { readonly [folder: string]: (text: string, name: string) => Imported } = {
  compose: (text) => fromCompose(JSON.parse(text)),
  pm2: (text) => fromEcosystem(JSON.parse(text)),
  "process-compose": (text) => fromProcessCompose(JSON.parse(text)),
  procfile: (text) => fromProcfile(text),
  supervisord: (text) => fromSupervisord(text),
  systemd: (text, name) => fromUnit(text, { name }),
};

interface Read {
  readonly services: readonly Service[];
  /** Place, kind, part. */
  readonly report: readonly string[];
}
const read: { readonly [path: string]: Read } = JSON.parse(
  readFileSync(new URL("read.json", FOLDER), "utf8"),
);
const paths = globSync("*/*", { cwd: FOLDER }).sort();

function imported(path: string): Imported {
  const [folder = ""] = path.split("/");
  const text = readFileSync(new URL(path, FOLDER), "utf8");
  return READERS[folder]?.(text, basename(path)) as Imported;
}

it("there are many", () => {
  expect(paths.length).toBeGreaterThanOrEqual(25);
  expect(Object.keys(read).sort()).toEqual(paths);
});

describe.each(paths)("%s", (path) => {
  const { services, report } = imported(path);

  it("is read as it should be", () => {
    expect(services).toEqual(read[path]?.services);
    const places = report.map(({ line, path: keys, kind, part }) =>
      [line ?? keys?.join("/"), kind, part.split(".").at(-1)].join(" "),
    );
    expect(places).toEqual(read[path]?.report);
  });

  it("gives policies that are policies, and children of a tree", () => {
    for (const { policy } of services) {
      if (typeof policy === "object") expect(presetFrom(policy).policy.name).not.toBe("");
    }
    const { children } = treeOf({ services });
    expect(children.map(({ id }) => id)).toEqual(services.map(({ id }) => id));
  });

  it("reports where the part stands", () => {
    const lines = readFileSync(new URL(path, FOLDER), "utf8").split("\n");
    for (const { line, part } of report) {
      if (line !== undefined) expect(lines[line - 1]).toContain(part);
    }
  });
});
