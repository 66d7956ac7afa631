// The page, and the run that it shows.

import { readFileSync } from "node:fs";
import type { Comparison } from "./scenario.ts";

export const COMPARED = new URL("../../../../docs/compared.md", import.meta.url);
export const RUN = new URL("../../published/compare.json", import.meta.url);

export const publishedComparison = () => JSON.parse(readFileSync(RUN, "utf8")) as Comparison;
