// Where a log file is cut. No file ever holds more than `maxBytes`; it is cut at a line end where there is one,
// and a line that is longer than a file is cut where the file is full.

/** How large a log file becomes, and how many old ones are kept. */
export interface Limits {
  readonly maxBytes: number;
  readonly keep: number;
}

/** How much of a piece goes into a file of that size. 0: the file is closed first. */
export function cutAt(piece: Buffer, size: number, isLineStart: boolean, maxBytes: number): number {
  const room = maxBytes - size;
  if (piece.length <= room) return piece.length;
  if (room <= 0) return 0;
  const end = piece.lastIndexOf(10, room - 1) + 1;
  if (end > 0) return end;
  return size > 0 && isLineStart ? 0 : room;
}

/** The moves that make room for a new file, in order: `path` becomes `path.1`, and so on. */
export function moves(
  path: string,
  keep: number,
): readonly (readonly [from: string, to: string])[] {
  return Array.from({ length: keep }, (_, i) => {
    const to = keep - i;
    return [to === 1 ? path : `${path}.${to - 1}`, `${path}.${to}`];
  });
}
