// A stack out of two files: a service of Compose, and a Procfile. What does not map is said, and the rest runs.
//   node examples/import-a-stack.mjs

import { joined } from "@steadfast/bridges";
import { fromCompose } from "@steadfast/bridges/compose";
import { treeOf } from "@steadfast/bridges/processes";
import { fromProcfile } from "@steadfast/bridges/procfile";
import { superviseTree } from "@steadfast/supervisor/tree";

const queue = {
  image: "node:24",
  command: ["node", "-e", "console.log('queue is up'); setInterval(() => {}, 1000)"],
  restart: "on-failure:3",
  mem_limit: "1g",
};
const procfile = `web: node -e "console.log('web on', process.env.PORT); setInterval(() => {}, 1000)"`;

const stack = joined(fromCompose({ services: { queue } }), fromProcfile(procfile));
for (const { kind, part, message } of stack.report) console.log(`${kind} ${part}: ${message}`);

const said = new Set();
let resolve;
const bothSpoke = new Promise((resolved) => {
  resolve = resolved;
});
const stdout = {
  line(line, { id }) {
    console.log(`${id}: ${line}`);
    if (said.add(id).size === stack.services.length) resolve();
  },
};
const tree = superviseTree(treeOf(stack, { stdout }));
await bothSpoke;
console.log((await tree.stop()).type);
