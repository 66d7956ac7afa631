// `pnpm readme`: brings the part of the README up to date that is written from the table.

import { readFileSync, writeFileSync } from "node:fs";
import { withTable } from "./diagram.ts";

const slot = (await import(
  new URL("../dist/index.js", import.meta.url).href
)) as typeof import("../src/index.js");

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withTable(readFileSync(readme, "utf8"), slot.slotTable));
