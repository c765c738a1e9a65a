/** The places of a chart: two divisions and a product, for which no library is loaded. */

type Range = [from: number, to: number];

/** From a value, 0 to `most`, to its place. */
export function linear(most: number, [from, to]: Range): (value: number) => number {
  return (value) => from + ((to - from) * value) / (most || 1);
}

export type Bands = {
  /** From the beginning of one band to that of the next. */
  step: number;
  /** The width of a band, without the gap after it. */
  band: number;
  /** The middle of the nth band. */
  centre: (n: number) => number;
};

/** Bands of one width; `padding` is the part of a step that is a gap, also at both ends. */
export function bands(count: number, [from, to]: Range, padding: number): Bands {
  const step = (to - from) / Math.max(1, count + padding);
  const first = from + step * padding;
  const band = step * (1 - padding);
  return { step, band, centre: (n) => first + n * step + band / 2 };
}
