// `pnpm readme`: brings the table of faults in the README up to date.

import { readFileSync, writeFileSync } from "node:fs";
import { withFaults } from "../../../config/testing/fault-table.ts";
import { faultGroups } from "./faults/table.ts";

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withFaults(readFileSync(readme, "utf8"), faultGroups));
