/** Colours as numbers, so that one may become the other. */

const parts = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** A colour between two, `share` of the way to the second. */
export function mixed(from: string, to: string, share: number): string {
  const target = parts(to);
  const sum = parts(from).map((part, n) => Math.round(part + ((target[n] ?? 0) - part) * share));
  return `#${sum.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** A number of 0 to 1 that is the same for the same text on every device. */
export function chance(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
}
