/** Request timeouts: an answer that takes longer counts as lost, in milliseconds. */
export const TIMEOUT = {
  usual: 15_000,
  /** Passwords are hashed in a queue of their own. */
  password: 30_000,
  /** An export is written as a whole before its first byte is sent; an import is 2 MB. */
  file: 180_000,
};
