// Lines of a stream, at most so long: what is longer is somebody else's protocol, or an attack.

export interface LineReader {
  /** Takes a piece; false if a line is too long. */
  take(piece: string): boolean;
}

export function lineReader(most: number, hear: (line: string) => void): LineReader {
  let rest = "";
  return {
    take(piece) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.length > most) return false;
        hear(line);
      }
      return rest.length <= most;
    },
  };
}
