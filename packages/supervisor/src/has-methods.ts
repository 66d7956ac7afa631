/** Whether something has these methods. Not `instanceof`: it may come from another copy or realm. */
export const hasMethods =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    names.every((name) =>
      isFunction((value as Record<string, unknown> | null | undefined)?.[name]),
    );

/**
 * Whether something can be listened to as an `AbortSignal`: it takes a listener, and gives it back. Of any realm, or a stand-in.
 * Pure. Errors: none.
 *
 * @since 0.1.0
 * @example
 * isAbortSignal(new AbortController().signal); // => true
 * isAbortSignal({ addEventListener() {} }); // => false
 */
export function isAbortSignal(value: unknown): boolean {
  return hasMethods("addEventListener", "removeEventListener")(value);
}

export const isFunction = (value: unknown): boolean => typeof value === "function";
