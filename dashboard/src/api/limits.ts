/** How long an answer may take before it counts as lost, in milliseconds. */
export const LIMIT = {
  usual: 15_000,
  /** What hashes a password stands in a line of its own. */
  password: 30_000,
  /** Everything that is kept of somebody is written before its first byte is sent. */
  file: 180_000,
};
