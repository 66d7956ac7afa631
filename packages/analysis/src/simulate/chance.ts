// Chance without a memory: the n-th number of a stream is a function of the seed, the stream's name and
// n. So a life does not depend on how often a policy was asked before it, and two policies can be put
// into the very same world.

import { subdraw } from "@steadfast/policy";

/** The streams of one seed. */
export function chanceOf(seed: number): (stream: string) => () => number {
  const origin = subdraw(0, seed);
  return (stream) => {
    let n = 0;
    return () => subdraw(origin, `${stream}:${n++}`);
  };
}
