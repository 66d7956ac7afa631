// What is missing in the docstrings of the public names: parts.ts says what has to be there.
//
// "As `other`." in a docstring borrows the parts of that other one. The range of a factory's options may
// stand at the options, and the bounds of an option where all of them are described. The fields of a type say what it is made of, so a name that is not exported but
// reached from an exported type needs a sentence per field as well.

import type { Docstring } from "./docstring.ts";
import type { Exception } from "./exceptions.ts";
import type { Member } from "./members.ts";
import { HOW, type Part, partsOf, says } from "./parts.ts";
import { type Named, placeOf } from "./places.ts";
import type { Source } from "./sources.ts";
import type { EntrySurface, PackageSurface, PublicName } from "./surface.ts";

/** One part that is missing. */
export interface Gap extends Named {
  /** The entry and the name, such as `@steadfast/backoff#backoff` or `...#BackoffState.count`. */
  readonly place: string;
  readonly part: Part;
}

/** Where the docstring is, what it lacks, and what to write. */
export function show(gap: Gap, sources: readonly Source[]): string {
  const where = placeOf(gap, sources) ?? "no source";
  return `${where} docstring of ${gap.place}: no ${gap.part}: write ${HOW[gap.part]}`;
}

/** What is missing in all packages and is not excepted, and every exception that excepts nothing. */
export function findings(
  surfaces: readonly PackageSurface[],
  exceptions: readonly Exception[],
  sources: readonly Source[],
): string[] {
  const gaps = surfaces.flatMap(({ published, entries }) =>
    entries.flatMap((entry) => gapsIn(entry, published.version)),
  );
  const open = new Set(gaps);
  const idle = exceptions.flatMap(({ place, parts }) =>
    parts.flatMap((part) => {
      const excepted = gaps.filter((gap) => gap.part === part && isWithin(gap.place, place));
      for (const gap of excepted) open.delete(gap);
      const message = `scripts/api/exceptions.ts: ${place}: the exception for "${part}" is not needed`;
      return excepted.length > 0 ? [] : [message];
    }),
  );
  return [...[...open].map((gap) => show(gap, sources)), ...idle];
}

/** A name, and the fields of a name. */
function isWithin(place: string, excepted: string): boolean {
  return place === excepted || place.startsWith(`${excepted}.`);
}

export function gapsIn({ specifier, names }: EntrySurface, version: string): Gap[] {
  const byName = new Map(names.map((name) => [name.name, name]));
  return names.flatMap((name) => {
    const place = `${specifier}#${name.name}`;
    const own = name.exported
      ? partsOf(name)
          .filter((part) => !has(part, name, byName, version))
          .map((part) => ({ place, name: name.name, part }))
      : [];
    return [...own, ...name.members.flatMap((member) => memberGaps(place, name, member))];
  });
}

function has(
  part: Part,
  name: PublicName,
  byName: ReadonlyMap<string, PublicName>,
  version: string,
): boolean {
  const { docstring } = name;
  if (docstring === null) return false;
  if (part === "since") return isSince(docstring.tags.get("since") ?? [], version);
  const texts = [name, ...lenders(docstring, byName)];
  if (part === "example") return texts.some((one) => one.docstring?.tags.has("example"));
  if (texts.some((one) => says(one.docstring?.text ?? "", part))) return true;
  if (part.endsWith("errors") && texts.some((one) => one.docstring?.tags.has("throws")))
    return true;
  return part === "range" && optionsOf(name, byName).some(statesRanges);
}

/** One version, and not one of the future. */
function isSince([since, ...more]: readonly string[], version: string): boolean {
  if (since === undefined || more.length > 0 || !/^\d+\.\d+\.\d+$/.test(since)) return false;
  return since.localeCompare(version, "en", { numeric: true }) <= 0;
}

function lenders({ text }: Docstring, byName: ReadonlyMap<string, PublicName>): PublicName[] {
  return [...text.matchAll(/\bAs `(\w+)`/g)].flatMap(([, name = ""]) => byName.get(name) ?? []);
}

/** The types called options that a function takes, and what they are made of. */
function optionsOf(name: PublicName, byName: ReadonlyMap<string, PublicName>): PublicName[] {
  return [...name.signature.matchAll(/\b\w+Options\b/g)].flatMap(([word]) => {
    const type = byName.get(word);
    if (!type || type === name) return [];
    return [type, ...optionsOf(type, byName)];
  });
}

function statesRanges({ members }: PublicName): boolean {
  const texts = members.map(({ docstring }) => docstring?.text ?? "");
  return texts.some((text) => says(text, "range"));
}

function memberGaps(place: string, owner: PublicName, member: Member): Gap[] {
  if (member.type === "never" || isDiscriminant(member)) return [];
  const text = member.docstring?.text ?? "";
  const parts: Part[] = ["says"];
  if (owner.name.endsWith("Options")) {
    if (member.optional) parts.push("default");
    if (/\b(number|Millis)\b/.test(member.type) && !member.type.includes("=>"))
      parts.push("bounds");
  }
  const shared = owner.docstring?.text ?? "";
  return parts
    .filter((part) => part !== "since" && part !== "example" && !says(text, part))
    .filter((part) => part !== "bounds" || !says(shared, part))
    .map((part) => ({
      place: `${place}.${member.name}`,
      name: owner.name,
      member: member.name,
      part,
    }));
}

/** A field that only tells cases apart: its type is words, one or several. An error's is its code. */
function isDiscriminant({ name, type }: Member): boolean {
  return /(^|\.)(type|kind|via|status|code|name)$/.test(name) && /^("[^"]*"( \| )?)+$/.test(type);
}
