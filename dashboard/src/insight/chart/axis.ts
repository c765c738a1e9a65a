/** Steps of minutes between two ticks: round minutes, then round hours. */
const STEPS = [5, 10, 15, 30, 60, 120, 180, 240, 300, 360, 480, 600];
/** The most spaces between ticks. */
const SPACES = 4;

/** The ticks of an axis, from 0 on: the last one is never below the most that is drawn. */
export function ticksFor(most: number): number[] {
  const step = STEPS.find((one) => most / one <= SPACES) ?? Math.ceil(most / SPACES / 1200) * 1200;
  const spaces = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: spaces + 1 }, (_, n) => n * step);
}
