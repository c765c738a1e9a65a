/** Levels by points: level = ⌊√(XP ÷ 50)⌋, and a minute is a point (docs/design.md, rule 5). */
export const pointsAt = (level: number) => 50 * level ** 2;

/** The minutes from now until a level, 0 where it is reached. */
export const minutesTo = (level: number, xp: number) => Math.max(0, pointsAt(level) - xp);

/** The part of the way from a level to the next: 0 to 1. */
export function shareOf(level: number, xp: number): number {
  const [from, to] = [pointsAt(level), pointsAt(level + 1)];
  return Math.min(1, Math.max(0, (xp - from) / (to - from)));
}
