// A configuration with services: what the restart policy of each is, what it says in full, and what is wrong
// in one.
//   node examples/services.mjs

import { isPolicySpecError, policyFrom, toJson } from "@steadfast/spec";

const config = JSON.parse(`{
  "mail":    "5/1m",
  "api":     { "kind": "inTurn", "members": ["200ms..30s", "10/10m"] },
  "cron":    { "preset": "docker", "options": { "restart": "on-failure:3" } },
  "metrics": { "kind": "inTurn", "members": ["200ms..30s", { "kind": "slidingwindow" }] }
}`);

for (const [service, document] of Object.entries(config)) {
  try {
    console.log(`${service}: ${policyFrom(document).name}`);
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    console.log(`${service}: ${error.message}`);
  }
}

console.log(JSON.stringify(toJson(policyFrom(config.mail)), null, 2));
