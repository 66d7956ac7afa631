// At most one render a frame, whatever happens in it.

export class Frame {
  #asked = 0;
  /** How many there were: tests compare it with the frames. */
  renders = 0;

  constructor(private readonly render: () => void) {}

  ask = (): void => {
    if (this.#asked !== 0) return;
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0;
      this.renders += 1;
      this.render();
      document.documentElement.dataset.renders = String(this.renders);
    });
  };
}
