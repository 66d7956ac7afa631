// The same task, for piscina and tinypool.

export default ({ a, b }) => (a < 0 ? process.exit(1) : a + b);
