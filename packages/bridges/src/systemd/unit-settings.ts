// The settings of one unit with its drop-ins: the last value of each, or all of a list since it was last emptied.

import { changed, dropped, type Finding } from "../imported.js";
import type { Setting } from "./unit-text.js";

/** Reads settings by name and says what does not map, with its line. */
export interface UnitSettings {
  /** The last value, or undefined; an empty one is none. */
  last(key: string, read?: (value: string, say: Say) => void): void;
  /** Every value since the last empty one. */
  each(key: string, read: (value: string, say: Say) => void): void;
  /** What nobody has read, each with its section; what would have been read in its own one is misplaced. */
  unread(tell: (setting: Setting, say: Say, isMisplaced: boolean) => void): void;
}

/** What stands in `[Unit]`. The two old names of a limit are taken in `[Service]`, too; everything else is there. */
const OF_UNIT = /^(After|Requires|Wants|BindsTo|Requisite|StartLimit(Interval|IntervalSec|Burst))$/;
const OF_BOTH = ["StartLimitInterval", "StartLimitBurst"];

function isInPlace({ section, key }: Setting): boolean {
  if (section === "Unit") return OF_UNIT.test(key);
  return section === "Service" && (!OF_UNIT.test(key) || OF_BOTH.includes(key));
}

/** Reports on the line that is being read. */
export interface Say {
  dropped(message: string, part?: string): void;
  changed(message: string, part?: string): void;
}

export function unitSettings(settings: readonly Setting[], report: Finding[]): UnitSettings {
  const seen = new Set<string>();

  function sayAt({ key, line, file }: Setting): Say {
    const place = { line, ...(file !== undefined && { file }) };
    return {
      dropped: (message, part = key) => report.push({ ...dropped(part, message), ...place }),
      changed: (message, part = key) => report.push({ ...changed(part, message), ...place }),
    };
  }

  function inForce(key: string): readonly Setting[] {
    seen.add(key);
    const all = settings.filter((setting) => setting.key === key && isInPlace(setting));
    return all.slice(all.findLastIndex(({ value }) => value === "") + 1);
  }

  return {
    last(key, read) {
      const setting = inForce(key).at(-1);
      if (setting !== undefined) read?.(setting.value, sayAt(setting));
    },
    each(key, read) {
      for (const setting of inForce(key)) read(setting.value, sayAt(setting));
    },
    unread(tell) {
      for (const setting of settings) {
        const isKnown = seen.has(setting.key);
        if (!isKnown || !isInPlace(setting)) tell(setting, sayAt(setting), isKnown);
      }
    },
  };
}
