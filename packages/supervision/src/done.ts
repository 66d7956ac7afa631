// Which refusals mean "it is done": the child has ended well and is not wanted any more. A supervision then
// completes, where any other refusal for good gives up.

/** The reasons of a refusal that mean "it is done", if the last exit did not fail. */
const DONE_REASONS: readonly string[] = ["not-wanted", "stop-when"];

/**
 * Whether a refusal for good means that a child is done, not that it is given up.
 *
 * Decides: true if `reason` is `not-wanted` or `stop-when` and the last exit did not fail. Units, range,
 * defaults: none. Edge: false before the first exit, where `failed` is null. Effect on state, errors: none.
 * Source: OTP, where a `transient` child that ends normally is no failure of its supervisor.
 *
 * @since 0.1.0
 * @example
 * isDone("not-wanted", false); // => true
 * isDone("not-wanted", true); // => false
 * isDone("window-full", false); // => false
 */
export function isDone(reason: string, failed: boolean | null): boolean {
  return failed === false && DONE_REASONS.includes(reason);
}
