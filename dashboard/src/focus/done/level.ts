/** Levels out of XP, by the server's rule (docs/design.md, 5): ⌊√(xp ÷ 50)⌋, 1 at least. */

export const levelOf = (xp: number): number => Math.max(1, Math.floor(Math.sqrt(xp / 50)));

/** The XP with which a level begins. */
export const beginOf = (level: number): number => (level <= 1 ? 0 : 50 * level ** 2);

/** The part of its level that is filled: 0 to 1. */
export function filled(xp: number): number {
  const level = levelOf(xp);
  const [from, to] = [beginOf(level), beginOf(level + 1)];
  return (xp - from) / (to - from);
}
