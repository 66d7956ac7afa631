/** Takes the pieces of a stream of output. */
export interface Taker {
  take(piece: Uint8Array | string): void;
  /** No piece is expected: what waits to be completed is handed on. */
  end(): void;
}
