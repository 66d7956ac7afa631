// Part of `pnpm performance`: what things weigh, into docs/performance.md.

import { readFileSync, writeFileSync } from "node:fs";
import { PAGE, written } from "./page.ts";

writeFileSync(PAGE, await written(readFileSync(PAGE, "utf8")));
