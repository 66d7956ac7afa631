// Trees that are written down, and not what they were when they are read back.

import { isOwn, saying, stepping, treeFault } from "./tree-fault.js";

export const forgetsRolls = treeFault(
  {
    name: "tree-forgets-what-rolls",
    defect: "Read back, it does not know of the rolling restart that went on.",
    seenIn: "a mutant of `supervisionTree`",
  },
  (make) => (options) => {
    const tree = make(options);
    return { ...tree, parse: (raw, now) => tree.parse({ ...(raw as object), rolls: [] }, now) };
  },
);

export const forgetsPlans = treeFault(
  {
    name: "tree-forgets-what-it-was-doing",
    defect: "Read back, it does not know whom it was stopping and starting.",
    seenIn: "a mutant of `supervisionTree`",
  },
  (make) => (options) => {
    const tree = make(options);
    return { ...tree, parse: (raw, now) => tree.parse({ ...(raw as object), plan: null }, now) };
  },
);

export const losesInSilence = treeFault(
  {
    name: "tree-loses-in-silence",
    defect: "Under a new host it does not say that the attempts of the old one are gone.",
    seenIn: "a mutant of `supervisionTree`",
  },
  saying((all) => all.filter((one) => one.type !== "exited" || one.exit.kind !== "lost")),
);

export const staysDown = treeFault(
  {
    name: "tree-stays-down-under-a-new-host",
    defect: "Under a new host what was there is reported as lost, and not started again.",
    seenIn: "pm2: without `pm2 save` nothing is started after a reboot",
  },
  stepping((tree, state, event, now) => {
    if (event.type !== "begin" || !isOwn(event) || !state.up) return tree.step(state, event, now);
    let paused = state;
    for (const id of tree.children(state)) {
      [paused] = tree.step(paused, { ...event, type: "pause", path: [id] }, now);
    }
    return tree.step(paused, event, now);
  }),
);
