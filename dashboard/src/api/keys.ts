/** What names an attempt; `randomUUID` is not there where a page came without HTTPS. */
export const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
