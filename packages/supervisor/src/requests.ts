export { isRequestError, RequestError, type RequestFailure } from "./requests/request-error.js";
export { requestLayer } from "./requests/request-layer.js";
