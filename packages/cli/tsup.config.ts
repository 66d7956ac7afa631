// The library as every package is built; and the program, which is ESM alone: nobody requires a binary, and a terminal
// library that it uses has no other form.

import { library } from "../../config/tsup.ts";

export default () => library({ bin: "src/bin.ts" });
