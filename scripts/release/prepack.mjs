// Before a package is packed. npm would leave `workspace:^` in the manifest, so that nobody could install the
// tarball: it is refused here. Plain JavaScript, so that npm on an older Node is refused with these words, too.

const by = process.env.npm_config_user_agent ?? "";
if (!by.startsWith("pnpm/")) {
  const who = by.split("/")[0] || "this program";
  console.error(
    `${who} cannot pack a package of this workspace: use \`pnpm pack\`, or \`pnpm release\`.`,
  );
  process.exit(1);
}
const { dress } = await import("./dressing.ts");
const { removeLeftovers } = await import("./leftovers.ts");
removeLeftovers(process.cwd());
dress(new URL("../..", import.meta.url).pathname, process.cwd());
