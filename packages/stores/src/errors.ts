/**
 * A store answered something else than it must: `ask` rejects with it, and a supervision fails. The message names the store
 * and the call. Fix: run `storeCases` of `/testing` on the store.
 *
 * @since 0.1.0
 * @example
 * new StoreContractError("mine: read() must answer a value").code; // => "ERR_STORE_CONTRACT"
 */
export class StoreContractError extends TypeError {
  readonly code = "ERR_STORE_CONTRACT";

  constructor(message: string) {
    super(message);
    Object.assign(this, { name: "StoreContractError" });
  }
}
