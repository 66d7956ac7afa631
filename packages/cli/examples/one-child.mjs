// One child under `steadfast run`: it fails twice, is restarted in between, and its code is what remains. A shell would
// say `npx steadfast run ...`; here the program is found beside its manifest.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const manifest = import.meta.resolve("@steadfast/cli/package.json");
const steadfast = fileURLToPath(new URL("dist/bin.js", manifest));

const child = "console.log('attempt', process.env.STEADFAST_ATTEMPT); process.exit(7)";
const options = ["--limit", "2/1m", "--backoff", "10ms..20ms", "--give-up"];
const args = [steadfast, "run", ...options, "--", process.execPath, "-e", child];
spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] }).on("exit", (code) => {
  console.log("exit code", code); // 7
});
