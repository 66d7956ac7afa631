export { type StoreCase, type StoreMaker, storeCases } from "./store-cases.js";
