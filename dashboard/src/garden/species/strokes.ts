/** The strokes of which plants are drawn: SVG as text, so that pages and canvases share it. */

/** The y of the soil in a plant's box of 120 by 140. */
export const BASE = 128;

export type Spot = readonly [x: number, y: number, r: number];

const short = (value: number) => String(Math.round(value * 10) / 10);

export const shape = (d: string, fill: string, more = "") =>
  `<path d="${d}" fill="${fill}"${more && ` ${more}`}/>`;

export const line = (d: string, colour: string, width: number, more = "") =>
  `<path d="${d}" stroke="${colour}" stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round" fill="none"${more && ` ${more}`}/>`;

export const oval = (x: number, y: number, rx: number, ry: number, fill: string, turn = 0) =>
  `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(rx)}" ry="${short(ry)}" fill="${fill}"${
    turn ? ` transform="rotate(${short(turn)} ${short(x)} ${short(y)})"` : ""
  }/>`;

/** Circles of one colour as one path: a crown of a tree is one node. */
export const discs = (spots: readonly Spot[], fill: string) =>
  shape(
    spots
      .filter(([, , r]) => r > 0.2)
      .map(
        ([x, y, r]) =>
          `M${short(x - r)} ${short(y)}a${short(r)} ${short(r)} 0 1 1 ${short(2 * r)} 0a${short(r)} ${short(r)} 0 1 1 ${short(-2 * r)} 0Z`,
      )
      .join(""),
    fill,
  );

/** Draw something elsewhere, turned and scaled; nothing where the scale is 0. */
export const at = (x: number, y: number, what: string, turn = 0, scale = 1) =>
  scale <= 0
    ? ""
    : `<g transform="translate(${short(x)} ${short(y)})${turn ? ` rotate(${short(turn)})` : ""}${
        scale === 1 ? "" : ` scale(${Math.round(scale * 1000) / 1000})`
      }">${what}</g>`;

/** The same stroke around a middle, `count` times. */
export const around = (count: number, what: string, from = 0) =>
  Array.from({ length: count }, (_, n) => at(0, 0, what, from + (360 / count) * n)).join("");

/** A leaf from its stalk on, `turn` from the right, one half of it in the shade. */
export function leaf(
  x: number,
  y: number,
  turn: number,
  [length, width]: readonly [number, number],
  fill: string,
  shade: string,
): string {
  const [a, b, w] = [length * 0.28, length * 0.74, width];
  const half = (side: number) =>
    `M0 0C${short(a)} ${short(side * w)} ${short(b)} ${short(side * w * 0.72)} ${short(length)} 0`;
  return at(x, y, shape(`${half(-1)}Z`, fill) + shape(`${half(1)}Z`, shade), turn);
}

export type Curve = readonly [
  from: readonly [number, number],
  bend: readonly [number, number],
  to: readonly [number, number],
];

/** A point of a curve, and the direction that it has there. */
export function along([from, bend, to]: Curve, t: number) {
  const rest = 1 - t;
  const mix = (i: 0 | 1) => rest * rest * from[i] + 2 * rest * t * bend[i] + t * t * to[i];
  const way = (i: 0 | 1) => 2 * rest * (bend[i] - from[i]) + 2 * t * (to[i] - bend[i]);
  return { x: mix(0), y: mix(1), turn: Math.atan2(way(1), way(0)) };
}

export const curved = ([from, bend, to]: Curve) =>
  `M${short(from[0])} ${short(from[1])}Q${short(bend[0])} ${short(bend[1])} ${short(to[0])} ${short(to[1])}`;

/** A frond along a curve: leaflets on both sides, the longest a third of the way up. */
export function frond(curve: Curve, longest: number, leaflets: number, fill: string): string {
  const tips: string[] = [];
  const side = (sign: number, steps: number[]) => {
    for (const step of steps) {
      const t = 0.16 + 0.84 * (step / leaflets);
      const { x, y, turn } = along(curve, t);
      const reach = longest * Math.sin(Math.PI * Math.min(1, 0.3 + t * 0.7)) + 1;
      const out = turn + sign * 1.05;
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      const tip = `${short(x + reach * Math.cos(out))} ${short(y + reach * Math.sin(out))}`;
      const back = `${short(x - 1.6 * cos * sign * -1)} ${short(y - 1.6 * sin * sign * -1)}`;
      tips.push(`${tips.length === 0 ? "M" : "L"}${tip}L${back}`);
    }
  };
  const steps = Array.from({ length: leaflets }, (_, n) => n);
  side(-1, steps);
  const { x, y } = along(curve, 1);
  tips.push(`L${short(x)} ${short(y)}`);
  side(1, steps.reverse());
  return shape(`${tips.join("")}Z`, fill);
}
