// What stands in the side bar beside a page of the reference: the names of its package, and the other packages. The names of all
// packages would make every page large.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DefaultTheme } from "vitepress";
import { isReference, navigation, ROOT } from "./navigation.ts";
import { hasPage, isPublic, type Reference, referenceOf } from "./reference.ts";
import { addressesOf, doorsOf } from "./reference-pages.ts";

type Item = DefaultTheme.SidebarItem;

const linkOf = (address: string) => address.replace(/(index)?\.md$/, "");

function read(file: string): Reference {
  return referenceOf(basename(file, ".md"), readFileSync(join(ROOT, file), "utf8"));
}

/** Names by the door that they are imported from; several doors have titles. */
function itemsOf(reference: Reference): Item[] {
  const addresses = addressesOf(reference);
  const own = reference.names.filter((name) => hasPage(name));
  const itemsAt = (door: string): Item[] =>
    own
      .filter((name) => name.door === door)
      .map((name) => ({ text: name.name, link: linkOf(addresses.get(name) ?? "") }));
  const doors = doorsOf(own);
  const [only = ""] = doors;
  const names =
    doors.length > 1
      ? doors.map((door) => ({ text: door.replace("@steadfast/", ""), items: itemsAt(door) }))
      : itemsAt(only);
  const hasTypes = reference.names.some((name) => !hasPage(name) && isPublic(name));
  return hasTypes ? [...names, { text: "Types", link: `/reference/${reference.of}/types` }] : names;
}

/** By the beginning of an address: one for each package, with its names first. */
export function referenceSidebars(above: Item): Readonly<Record<string, Item[]>> {
  const references = navigation().flatMap(({ files }) => files.filter(isReference).map(read));
  const linkTo = ({ of }: Reference): Item => ({ text: of, link: `/reference/${of}/` });
  const packages = { text: "Reference by package", items: references.map(linkTo) };
  return Object.fromEntries(
    references.map((reference) => [
      `/reference/${reference.of}/`,
      [{ ...linkTo(reference), items: itemsOf(reference) }, above, packages],
    ]),
  );
}
