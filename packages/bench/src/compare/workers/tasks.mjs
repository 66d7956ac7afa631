// The tasks of all pools, by name.

export function task(what) {
  if (what === "exit 0") process.exit(0);
  if (what === "exit 1") process.exit(1);
  if (what === "add") return 2 + 3;
  const kept = [];
  for (;;) kept.push({ numbers: [1, 2, 3], text: `y${kept.length}` });
}
