/** A value for people: whole numbers in groups of three, such as 600 000. */
export function grouped(value: number | string | boolean | null): string {
  const text = String(value);
  return Number.isSafeInteger(value) ? text.replaceAll(/\B(?=(\d{3})+$)/g, " ") : text;
}
