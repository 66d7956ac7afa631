// `pnpm terminal:picture`: draws docs/pictures/steadfast-up.svg again, from a real run.

import { writeFileSync } from "node:fs";
import { pictureOfUp } from "./pictured.ts";

writeFileSync(new URL("../docs/pictures/steadfast-up.svg", import.meta.url), await pictureOfUp());
