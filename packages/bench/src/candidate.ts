// One candidate, measured once in a process of its own: prints its answer as a line of JSON.
//
//   node candidate.ts <suite> <table> <candidate>

import { finite } from "./finite.ts";
import { type Answer, NotMeasured } from "./suite.ts";
import { suiteOf } from "./suites.ts";

const [suiteName = "", tableName = "", name = ""] = process.argv.slice(2);

async function answer(): Promise<Answer> {
  const suite = await suiteOf(suiteName);
  const table = suite.tables.find((one) => one.name === tableName);
  const measure = table?.candidates[name];
  if (!measure) throw new Error(`no candidate ${suiteName}, ${tableName}, ${name}`);
  try {
    return { figures: finite(await measure()) };
  } catch (error) {
    if (error instanceof NotMeasured) return { notMeasured: error.message };
    throw error;
  }
}

const line = JSON.stringify(await answer());
process.stdout.write(`${line}\n`, () => process.exit());
