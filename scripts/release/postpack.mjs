// After a package was packed: README and NOTICE are taken back.

const { undress } = await import("./dressing.ts");
undress(process.cwd());
