// The colours of the style sheet for what is painted on a canvas, read again when the person turns from light to dark.

const NAMES = ["good", "busy", "bad", "wait", "idle", "line", "text", "faint"] as const;

export type Colors = Readonly<Record<(typeof NAMES)[number], string>>;

let colors: Colors | null = null;
let version = 0;

/** Another number when they have changed. */
export const colorsVersion = (): number => version;

export function theColors(): Colors {
  colors ??= read();
  return colors;
}

function read(): Colors {
  const style = getComputedStyle(document.documentElement);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Colors;
}

/** Calls back when the colours have changed. */
export function onColors(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colors = null;
    version += 1;
    changed();
  });
}
