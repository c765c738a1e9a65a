/** An idempotency key; `randomUUID` is missing on a page without HTTPS. */
export const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
