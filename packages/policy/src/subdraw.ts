import { mix } from "./mix.js";

const TWO_32 = 2 ** 32;

/**
 * Derives an independent draw from a draw: the same two arguments always give the same number.
 *
 * Decides nothing. `draw` is in [0, 1); so is the result, on the grid of 2^-32. `salt` is any text or
 * finite number, a number counting as its text: members that want to be out of step with their
 * siblings use different salts. Pinned: the same in every version, so that journals replay. Effect on state: none. Errors: none. Source: a 64-to-32 bit mix in the manner of MurmurHash3's
 * finaliser, by A. Appleby (public domain); written from the description of its constants.
 *
 * @since 0.1.0
 * @example
 * subdraw(0.5, "delay") === subdraw(0.5, "delay"); // => true
 * subdraw(0.5, "delay") === subdraw(0.5, "shard"); // => false
 */
export function subdraw(draw: number, salt: string | number): number {
  let hash = mix(Math.floor(draw * TWO_32)) ^ mix(Math.floor(draw * TWO_32 * TWO_32) % TWO_32);
  for (const character of String(salt)) {
    hash = mix(Math.imul(hash, 31) + (character.codePointAt(0) ?? 0));
  }
  return (mix(hash) >>> 0) / TWO_32;
}
