// For poolifier, which has to be installed.

import { task } from "./tasks.mjs";

const path = "../../../../../bench/node_modules/poolifier/lib/index.mjs";
const { ThreadWorker } = await import(new URL(path, import.meta.url).href);
export default new ThreadWorker(task);
