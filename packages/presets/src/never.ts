/**
 * A time that never comes: the longest one that can be written down. As `healthyAfterMs` it says that
 * the source has no idea of health, so that nothing is forgiven by it.
 */
export const NEVER_MS = Number.MAX_SAFE_INTEGER;
