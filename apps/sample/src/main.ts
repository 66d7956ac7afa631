// The sample app's entry point; `pnpm demo` builds it and starts it with node.

console.log("steadfast sample");
