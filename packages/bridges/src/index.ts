export type { Finding, Imported } from "./imported.js";
export { joined } from "./imported.js";
export { isNotExpressibleError, NotExpressibleError } from "./not-expressible-error.js";
export type {
  Service,
  ServiceDependency,
  ServiceProbe,
  ServiceReadiness,
  ServiceStop,
} from "./service.js";
export { shellWords } from "./shell-words.js";
