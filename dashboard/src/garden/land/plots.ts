/** The places of days and plants on the ground of a month. */
import type { Schemas } from "../../api/client";
import { type Month, weekdayOf } from "./calendar";
import { chance } from "./colour";

export type Standing = Schemas["LandscapePlant"];
export type Size = { width: number; height: number };
type WeekStart = "mon" | "sat" | "sun";

/** A week of the ground: `y` is its middle, the lower the nearer. */
export type Row = { y: number; top: number; scale: number; half: number };
export type Plot = { day: number; x: number; y: number; scale: number; width: number };
export type Place = { plant: Standing; x: number; y: number; height: number };
export type Ground = { horizon: number; rows: Row[]; plots: Plot[] };

const FIRST: Record<WeekStart, number> = { sun: 0, mon: 1, sat: 6 };
/** Fewer weeks would leave a strip of ground under an empty sky. */
const FEWEST_ROWS = 3;

/** How large a plant is, 1 after 25 minutes: four hours are more than twice that. */
export const sizeOf = (minutes: number) => 0.36 + 0.64 * Math.sqrt(Math.max(0, minutes) / 25);
/** One that withered has no minutes, and is as tall as its stage says. */
export const minutesShown = ({ state, focus_min }: Standing) =>
  state === "withered" ? Math.max(12, focus_min) : focus_min;

/**
 * The ground of a month from one day to another: weeks go away from us, the newest is
 * nearest. Weeks before somebody came are not dug.
 */
export function groundOf(
  month: Month,
  [firstDay, lastDay]: readonly [number, number],
  weekStart: WeekStart,
  { width, height }: Size,
): Ground {
  const before = (weekdayOf(month, 1) - FIRST[weekStart] + 7) % 7;
  const weekOf = (day: number) => Math.floor((before + day - 1) / 7);
  const weeks = weekOf(lastDay) - weekOf(firstDay) + 1;
  const count = Math.max(FEWEST_ROWS, weeks);
  const horizon = height * (count > 4 ? 0.4 : 0.46);
  const depth = height - horizon - 16;
  // What is twice as far lies closer together.
  const edge = (share: number) => horizon + depth * (0.62 * share + 0.38 * share * share);
  const rows = Array.from({ length: count }, (_, n): Row => {
    const [top, bottom] = [edge(n / count), edge((n + 1) / count)];
    const near = (n + 0.7) / count;
    return {
      top,
      y: top + (bottom - top) * 0.66,
      scale: 0.52 + 0.48 * near,
      half: (width / 2) * (0.78 + 0.16 * near),
    };
  });
  const plots = Array.from({ length: lastDay - firstDay + 1 }, (_, n): Plot => {
    const day = firstDay + n;
    const row = rows[count - weeks + weekOf(day) - weekOf(firstDay)] as Row;
    const column = (before + day - 1) % 7;
    const across = ((column + 0.5) / 7 - 0.5) * 2;
    return {
      day,
      x: width / 2 + across * row.half,
      y: row.y - 5 * row.scale * Math.cos(across * 2.4),
      scale: row.scale,
      width: (row.half * 2) / 7,
    };
  });
  return { horizon, rows, plots };
}

/** The height of a plant of 25 minutes in the nearest row. */
const unitOf = ({ width }: Size, rows: number) =>
  Math.min(124, Math.max(62, width * 0.125)) * Math.min(1.3, Math.max(1, 5 / (rows + 0.5)));

/** Each plant in its day's plot: where it stands follows from its id, so it never moves. */
export function placesOf(
  plants: readonly Standing[],
  ground: Ground,
  size: Size,
  minutesOf: (plant: Standing) => number = minutesShown,
): Place[] {
  const unit = unitOf(size, ground.rows.length);
  const days = new Map<number, Standing[]>();
  for (const plant of plants) {
    const day = Number(plant.local_date.slice(8));
    days.set(day, [...(days.get(day) ?? []), plant]);
  }
  return [...days].flatMap(([day, ofDay]) => {
    const plot = ground.plots.find((one) => one.day === day);
    if (!plot) return [];
    const crowd = Math.max(0.5, Math.min(1, Math.sqrt(2.4 / ofDay.length)));
    return ofDay.map((plant, n): Place => {
      const slot = ofDay.length === 1 ? 0 : (n + 0.5) / ofDay.length - 0.5;
      const [aside, depth] = [chance(plant.id) - 0.5, chance(`${plant.id} depth`) - 0.5];
      const height = unit * plot.scale * crowd * sizeOf(minutesOf(plant));
      return {
        plant,
        x: plot.x + plot.width * (slot * 0.86 + aside * (ofDay.length > 1 ? 0.12 : 0.26)),
        y:
          plot.y +
          plot.scale * 17 * (ofDay.length > 1 ? (n % 2 ? 0.8 : -0.6) + depth : depth * 0.6),
        height,
      };
    });
  });
}
