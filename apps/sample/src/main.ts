// Counts words while its parts fail: a process that serves files, threads that count their words, a task that
// brings the two together, and a chaos that ends one of them every few percent. The count must come
// out right all the same.

import { readCommand, USAGE } from "./app/options.js";
import { replayJournal } from "./app/replay-journal.js";
import { run } from "./app/run.js";

const command = readCommand(process.argv.slice(2));

switch (command.type) {
  case "wrong":
    console.error(`sample: ${command.message}`);
    process.exitCode = 2;
    break;
  case "help":
    console.log(USAGE);
    break;
  case "replay":
    process.exitCode = replayJournal(command.file);
    break;
  case "count":
    process.exitCode = await run(command);
}
