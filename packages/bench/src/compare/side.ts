// One side of a scenario, in a process of its own: prints what it did as a line of JSON. Errors that nobody
// handled are counted: a library that lets them happen ends the program that uses it.
// What a scenario itself throws is a mistake in it, and no answer: the exit code is 70.
//
//   node side.ts <scenario> <side>

import type { Said, Side } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";

const [name, side = "ours"] = process.argv.slice(2);
let uncaught = 0;
let unhandled = 0;
process.on("uncaughtException", () => {
  uncaught += 1;
});
process.on("unhandledRejection", () => {
  unhandled += 1;
});

const scenario = scenarios.find((one) => one.name === name);
if (!scenario) throw new Error(`no scenario is called ${name}`);
const { did, isRight, ...rest } = await scenario[side as Side]().catch((error: unknown) => {
  console.error(error);
  process.exit(70);
});
await new Promise((resolve) => setTimeout(resolve, 100)); // what was still on its way
const errors = [
  ...(uncaught > 0 ? [`uncaught errors of the host: ${uncaught}`] : []),
  ...(unhandled > 0 ? [`unhandled rejections: ${unhandled}`] : []),
];
const said: Said = {
  did: [did, ...errors].join(", "),
  isRight: isRight && errors.length === 0,
  ...rest,
};
process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit());
