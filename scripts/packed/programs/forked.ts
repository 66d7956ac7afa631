// The module of fork-suite.ts: plays the role that it is given.

import { ready } from "@steadfast/child-process/child";

const role = process.argv.at(-1);
if (role === "fails") process.exit(3);
if (role === "ready") ready();
if (role === "waits" || role === "ready") setInterval(() => {}, 1_000);
