#!/usr/bin/env node
// The program `steadfast`: what the process is, handed to `main`. It ends when nothing is left to do, and never by
// `process.exit`, so that what is on its way to a pipe arrives.

import { main } from "./main.js";
import { worldOf } from "./world.js";

process.exitCode = await main(process.argv.slice(2), worldOf(process));
