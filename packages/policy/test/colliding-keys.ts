// Strings that share all 32 bits of the hash of key-tree.ts (FNV-1a over UTF-16 units): the last two
// units are chosen so that the hash becomes that of the string "x". What an enemy can do in a second.

const PRIME = 0x01000193;
const OFFSET = 0x811c9dc5;

const fnv = (text: string) =>
  text.split("").reduce((hash, unit) => Math.imul(hash ^ unit.charCodeAt(0), PRIME), OFFSET | 0);

/** PRIME * INVERSE is 1 modulo 2^32. */
const INVERSE = 0x359c449b;

/** So many different strings of one hash, "x" not among them. */
export function colliding(count: number): string[] {
  const target = Math.imul(fnv("x"), INVERSE);
  const found: string[] = [];
  for (let n = 0; found.length < count; n++) {
    const prefix = `${n}:`;
    const hash = fnv(prefix);
    for (let unit = 0; unit < 0xd800 && found.length < count; unit++) {
      const next = Math.imul(hash ^ unit, PRIME);
      const last = (next ^ target) >>> 0;
      if (last >= 0xd800) continue;
      found.push(`${prefix}${String.fromCharCode(unit, last)}`);
      break;
    }
  }
  return found;
}
