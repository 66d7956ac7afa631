// The reference as the site has it: a page for each function, constant and error, one for the types of a package, one for the
// package that lists them all, and the index by name.

import { anchorsOf } from "./anchors.ts";
import { hasPage, isPublic, type Reference, type ReferenceName, sentenceOf } from "./reference.ts";

/** In lists of all names, so that search does not find each name several times. */
const NOT_SEARCHED = "---\nsearch: false\n---";

const folderOf = (of: string) => `/reference/${of}/`;

/** Where each name of a package stands: `/reference/backoff/backoff.md`, or `/reference/backoff/types.md#curve`. */
export function addressesOf(reference: Reference): ReadonlyMap<ReferenceName, string> {
  const folder = folderOf(reference.of);
  const taken = new Set(["index", "types"]);
  const addresses = new Map<ReferenceName, string>();
  for (const name of reference.names.filter(hasPage)) {
    const door = name.door.split("/").slice(2).join("-");
    const file = [name.name, `${door}-${name.name}`].find((one) => !taken.has(one.toLowerCase()));
    if (file === undefined) throw new Error(`${reference.of}: two names are called ${name.name}`);
    taken.add(file.toLowerCase()); // there are file systems that do not tell upper from lower case
    addresses.set(name, `${folder}${file}.md`);
  }
  const groups = typeGroups(reference);
  const headings = groups.flatMap(({ title, names }) => [title, ...names.map(({ name }) => name)]);
  const anchors = anchorsOf([typesTitle(reference), ...headings]).slice(1);
  const types = groups.flatMap(({ names }) => [null, ...names]);
  types.forEach((name, i) => {
    if (name !== null) addresses.set(name, `${folder}types.md#${anchors[i]}`);
  });
  return addresses;
}

interface TypeGroup {
  readonly title: string;
  readonly names: readonly ReferenceName[];
}

const typesTitle = ({ of }: Reference) => `Types of @steadfast/${of}`;

function typeGroups({ names }: Reference): readonly TypeGroup[] {
  const types = names.filter((name) => !hasPage(name));
  const exported = doorsOf(types.filter(isPublic)).map((door) => ({
    title: door,
    names: types.filter((name) => isPublic(name) && name.door === door),
  }));
  const hidden = types.filter((name) => !isPublic(name));
  return hidden.length === 0
    ? exported
    : [...exported, { title: "Parts of these, not exported", names: hidden }];
}

export const doorsOf = (names: readonly ReferenceName[]): readonly string[] => [
  ...new Set(names.map(({ door }) => door)),
];

/** Where a link to `docs/api/backoff.md#curve` leads: by what stands behind the `#`. */
export function anchorAddresses(reference: Reference): ReadonlyMap<string, string> {
  const addresses = addressesOf(reference);
  const top = `${folderOf(reference.of)}index.md`;
  return new Map([
    ...reference.otherAnchors.map((anchor) => [anchor, top] as const),
    ...reference.names.map((name) => [name.anchor, addresses.get(name) ?? top] as const),
  ]);
}

/** Where the types of all packages stand, by name. Of two with one name the first. */
export function typesOf(references: readonly Reference[]): ReadonlyMap<string, string> {
  const all = references.flatMap((reference) => [...addressesOf(reference)]);
  const types = all.filter(([name]) => !hasPage(name) && isPublic(name));
  return new Map(types.map(([{ name }, address]) => [name, address] as const).reverse());
}

/**
 * All pages of a package, by address. The texts have the links of the site already.
 * @param elsewhere where the types of other packages are.
 */
export function pagesOf(
  reference: Reference,
  elsewhere: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const addresses = addressesOf(reference);
  const types = new Map([...elsewhere, ...typesOf([reference])]);
  const pages = new Map([[`${folderOf(reference.of)}index.md`, packagePage(reference, addresses)]]);
  for (const name of reference.names.filter(hasPage)) {
    pages.set(addresses.get(name) ?? "", namePage(name, reference, types));
  }
  if (!reference.names.every(hasPage)) {
    pages.set(`${folderOf(reference.of)}types.md`, typesPage(reference));
  }
  return pages;
}

const WORDS = { Functions: "Function", Constants: "Constant", Errors: "Error" } as const;

function namePage(
  { name, door, section, text }: ReferenceName,
  { of }: Reference,
  types: ReadonlyMap<string, string>,
): string {
  const word = WORDS[section as keyof typeof WORDS];
  const title = `# ${name}\n\n${word} of [${door}](${folderOf(of)}index.md)`;
  return `${[title, text, ...typeLinks(text, types)].join("\n\n")}\n`;
}

/** The types that its signature names. */
function typeLinks(text: string, types: ReadonlyMap<string, string>): string[] {
  const [, signature = ""] = /```ts\n(.*?)```/s.exec(text) ?? [];
  const named = new Set(signature.match(/\b[A-Z]\w*/g));
  const links = [...named].flatMap((one) => {
    const address = types.get(one);
    return address === undefined ? [] : [`[\`${one}\`](${address})`];
  });
  return links.length === 0 ? [] : [`Types: ${links.join(", ")}`];
}

function typesPage(reference: Reference): string {
  const groups = typeGroups(reference).map(({ title, names }) =>
    [`## ${title}`, ...names.map(({ name, text }) => `### ${name}\n\n${text}`)].join("\n\n"),
  );
  return `${[`# ${typesTitle(reference)}`, ...groups].join("\n\n")}\n`;
}

type Addresses = ReadonlyMap<ReferenceName, string>;

function packagePage({ intro, names }: Reference, addresses: Addresses): string {
  const shown = names.filter(isPublic);
  const doors = doorsOf(shown);
  const parts = doors.map((door) => {
    const own = shown.filter((name) => name.door === door);
    const mark = doors.length > 1 ? "###" : "##";
    const sections = [...new Set(own.map(({ section }) => section))].map((section) => {
      const lines = own.filter((one) => one.section === section);
      return `${mark} ${section}\n\n${lines.map((name) => listed(name, addresses)).join("\n")}`;
    });
    return [...(doors.length > 1 ? [`## ${door}`] : []), ...sections].join("\n\n");
  });
  return `${[NOT_SEARCHED, intro, ...parts].join("\n\n")}\n`;
}

function listed(name: ReferenceName, addresses: Addresses, of = ""): string {
  const sentence = sentenceOf(name);
  return `- [\`${name.name}\`](${addresses.get(name)})${of}${sentence && `: ${sentence}`}`;
}

/** The index: names by their first letter, upper and lower case together. */
export function namesPage(references: readonly Reference[]): string {
  const lines = references
    .flatMap((reference) => {
      const addresses = addressesOf(reference);
      return reference.names
        .filter(isPublic)
        .map((name) => ({ key: name.name, line: listed(name, addresses, ` of ${name.door}`) }));
    })
    .toSorted((a, b) => a.key.localeCompare(b.key, "en"));
  const page = [
    NOT_SEARCHED,
    "# Index by name",
    "",
    `The ${lines.length} public names of all packages, with the first sentence of what the reference says.`,
  ];
  let letter = "";
  for (const { key, line } of lines) {
    const first = (/[a-z]/i.exec(key)?.[0] ?? "#").toUpperCase();
    if (first !== letter) page.push("", `## ${first}`, "");
    letter = first;
    page.push(line);
  }
  return `${page.join("\n")}\n`;
}
