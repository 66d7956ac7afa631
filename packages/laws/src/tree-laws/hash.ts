// A small number for a text, the same each time.

const HASH = 31;
export function hashOf(text: string): number {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (sum * HASH + text.charCodeAt(i)) % 9_973;
  return sum;
}
