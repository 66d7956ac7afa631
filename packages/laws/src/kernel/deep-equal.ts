/** Whether two values of plain data are the same all the way down, by `Object.is`; keys count. */
export function deepEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) => Object.hasOwn(other, key) && deepEqual((one as Parts)[key], (other as Parts)[key]),
  );
}

type Parts = { readonly [key: string]: unknown };

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
