// argv: what to do. `completes`, `fails`, `waits` until a signal comes, or says `ready` first.

import { ready } from "@steadfast/child-process/child";

const [, , role] = process.argv;
if (role === "fails") process.exitCode = 3;
if (role === "ready") ready();
if (role === "ready" || role === "waits") setTimeout(() => process.exit(99), 120_000);
