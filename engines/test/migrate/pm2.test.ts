// docs/migrate/pm2.md: the same ecosystem files under pm2-runtime, with a home of its own, and under `steadfast up`.

import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { filesOf, folderOf, printedBy } from "../../migrate/page.ts";
import { type Ran, ran } from "../../migrate/run.ts";
import { linesOfChild, steadfast } from "../../migrate/steadfast.ts";
import { written } from "../../typescript.ts";

const RUNTIME = fileURLToPath(new URL("../../node_modules/pm2/bin/pm2-runtime", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = folderOf("pm2");
});

/** A folder of its own: the programs count their starts there. */
const ownFolder = (name: string) => written(`migrate-pm2-${name}`, filesOf("pm2"));

const pm2 = (name: string, file: string, last: RegExp): Promise<Ran> => {
  const cwd = ownFolder(`${name}-there`);
  mkdirSync(`${cwd}home`);
  const args = [RUNTIME, "start", file, "--no-auto-exit"];
  const until = (lines: readonly string[]) => lines.some((line) => last.test(line));
  return ran(process.execPath, args, {
    cwd,
    env: { PM2_HOME: `${cwd}home`, PM2_DISABLE_VERSION_CHECK: "true" },
    until,
  });
};

/** What the app itself printed. */
const appLines = ({ lines }: Ran) => lines.filter((line) => !/ PM2 (log|error): /.test(line));

it("an app that comes up at its third start, and is stopped", async () => {
  const wanted = printedBy("pm2", "mail")[0];
  const [there, here] = await Promise.all([
    pm2("mail", "ecosystem.config.cjs", /^connected$/),
    steadfast(["up", "ecosystem.config.cjs"], {
      cwd: ownFolder("mail-here"),
      until: (lines) => lines.some((line) => line.endsWith("| connected")),
    }),
  ]);
  expect({ lines: appLines(there), code: there.code }).toEqual({ lines: wanted, code: 0 });
  expect({ lines: linesOfChild("mail", here.lines), code: here.code }).toEqual({
    lines: wanted,
    code: 130,
  });
});

it("an app that never comes up is given up after the same number of starts", async () => {
  const wanted = printedBy("pm2", "broken")[0];
  const [there, here] = await Promise.all([
    pm2("broken", "ecosystem.broken.config.cjs", /"errored"/),
    steadfast(["up", "ecosystem.broken.config.cjs"], { cwd: ownFolder("broken-here") }),
  ]);
  expect(appLines(there)).toEqual(wanted);
  expect({ lines: linesOfChild("broken", here.lines), code: here.code }).toEqual({
    lines: wanted,
    code: 1,
  });
});

it("is imported as the page says", async () => {
  const { lines, errors, code } = await steadfast(["import", "ecosystem.config.cjs"], {
    cwd: folder,
  });
  const yaml = readFileSync(`${folder}steadfast.config.yaml`, "utf8").trimEnd().split("\n");
  expect({ lines, errors, code }).toEqual({ lines: yaml, errors: "", code: 0 });
});
