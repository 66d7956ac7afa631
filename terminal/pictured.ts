// The stack of the picture: a few programs of which one finds no database, one is done, and two are alike; run for real, on a
// terminal of 100 columns.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { screenSvg } from "./screen-svg.ts";
import { open, STEADFAST } from "./terminal.ts";

const SIZE = { columns: 100, rows: 24 };

const say = (line: string) => `console.log(${JSON.stringify(line)});`;
const STAY = "setInterval(() => {}, 1e6);";
const PROGRAMS = {
  "database.mjs": say("database system is ready") + STAY,
  "web.mjs": `console.error("Error: cannot reach cache:6379"); setTimeout(() => process.exit(1), 80);`,
  "worker.mjs": say("waiting for work") + STAY,
  "migrate.mjs": say("3 migrations applied"),
};

const CONFIG = {
  name: "shop",
  children: {
    database: { command: "node database.mjs", ready: "line:ready" },
    migrate: { command: "node migrate.mjs", after: ["database"] },
    web: { command: "node web.mjs", policy: { kind: "inTurn", members: ["50ms..50ms", "3/10m"] } },
    worker: { command: "node worker.mjs", replicas: 2 },
  },
};

const SETTLED = /web +not yet .*0 of 3/;

/** Runs it until it stands still, and draws what a person sees. */
export async function pictureOfUp(): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), "steadfast-picture-"));
  try {
    for (const [name, text] of Object.entries(PROGRAMS)) writeFileSync(join(cwd, name), text);
    writeFileSync(join(cwd, "steadfast.config.json"), JSON.stringify(CONFIG));
    const runtime = join(cwd, "runtime");
    mkdirSync(runtime, { mode: 0o700 });
    await using up = open([STEADFAST, "up"], { ...SIZE, cwd, env: { XDG_RUNTIME_DIR: runtime } });
    await up.shows(SETTLED);
    await up.shows(/worker\.2 +ready/);
    await up.shows(/migrate +done/);
    const drawn = screenSvg(up.screen, "steadfast up, in a terminal: a table of children, live");
    up.press("q");
    await up.ended;
    return drawn;
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** What is the same in every run: the table's head, names, states and keys; not times, process ids and the lines above. */
export function likeness(svg: string): readonly string[] {
  const words = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
  const table = words.slice(words.findIndex((text) => text.startsWith("── shop")) + 1);
  const told = table.filter((text) => /^(name |&gt; |not yet$|[a-z .↑↓]+[12]?$)/.test(text));
  return told.map((text) => text.replaceAll(/ +/g, " "));
}
