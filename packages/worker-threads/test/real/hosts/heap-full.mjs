// Has a worker that collects big arrays under a memory limit. What becomes of it is V8's decision: the README says what was
// seen on which Node. Prints the exit, if there is one.

import { writeSync } from "node:fs";
import { workerLauncher } from "@steadfast/worker-threads";

const source = "const a = []; for (;;) a.push(new Array(1000).fill({ x: 1 }));";
const entry = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const launcher = workerLauncher(entry, { resourceLimits: { maxOldGenerationSizeMb: 32 } });
const child = launcher.launch({ id: "w", attempt: 1, generation: 0, cause: "start", failures: 0 });
child.onSignal(() => {});
const exit = await child.exited;
writeSync(1, exit.kind);
