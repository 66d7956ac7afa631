export { type FromEcosystemOptions, fromEcosystem } from "./pm2/from-ecosystem.js";
