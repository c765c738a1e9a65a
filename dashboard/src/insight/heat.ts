/** The places of a year's days: as many strips of weeks as the width asks for. */
import { type Day, weekdayOf } from "./days";

/** The least minutes of each colour but the first. */
export const WARMTH = [1, 30, 75, 150];
export const warmth = (minutes: number) => WARMTH.filter((least) => minutes >= least).length;

/** The room of the weekdays' names, and of the months' above each strip. */
export const BESIDE = 40;
export const ABOVE = 20;
/** Between two strips. */
const APART = 14;
/** The least and the most of a day's square with its gap: a finger has to hit it. */
const CELL = [15, 24] as const;

export type Place = { day: Day; x: number; y: number };
export type Layout = {
  cell: number;
  width: number;
  height: number;
  places: Place[];
  /** The months at the week in which they begin. */
  months: { date: string; x: number; y: number }[];
  /** The weekdays beside every other row. */
  weekdays: { date: string; y: number }[];
  /** The day at a point, as its number. */
  at: (x: number, y: number) => number | null;
};

/**
 * Lay out the days, oldest first, a column a week that begins with the weekday `start`
 * (Monday 0). What does not fit beside each other stands below, the newest strip on top.
 */
export function layout(days: Day[], width: number, start = 0): Layout | null {
  const [first] = days;
  if (!first) return null;
  const rowOf = (date: string) => (weekdayOf(date) - start + 7) % 7;
  const before = rowOf(first.date);
  const weeks = Math.ceil((days.length + before) / 7);
  const room = Math.max(CELL[0], width - BESIDE);
  const most = Math.max(1, Math.min(weeks, Math.floor(room / CELL[0])));
  const strips = Math.ceil(weeks / most);
  const perStrip = Math.ceil(weeks / strips);
  const cell = Math.min(CELL[1], room / perStrip);
  const stripHeight = ABOVE + 7 * cell + APART;
  const spare = strips * perStrip - weeks;
  /** The column and the top of a week; what a strip lacks, it lacks at the oldest end. */
  const weekPlace = (week: number) => {
    const strip = Math.floor((week + spare) / perStrip);
    const column = (week + spare) % perStrip;
    return { x: BESIDE + column * cell, y: (strips - 1 - strip) * stripHeight + ABOVE, column };
  };
  const places = days.map((day, n) => {
    const { x, y } = weekPlace(Math.floor((n + before) / 7));
    return { day, x, y: y + rowOf(day.date) * cell };
  });
  const months = days.flatMap(({ date }, n) => {
    if (!date.endsWith("-01")) return [];
    const { x, y, column } = weekPlace(Math.floor((n + before) / 7));
    // A name that would stand over the edge, or into the strip's end, is left out.
    return column > perStrip - 2 ? [] : [{ date, x, y: y - 7 }];
  });
  const rows = [0, 2, 4].flatMap((row) => {
    const found = days.find(({ date }) => rowOf(date) === row);
    return found ? [{ date: found.date, row }] : [];
  });
  const weekdays = Array.from({ length: strips }, (_, strip) =>
    rows.map(({ date, row }) => ({ date, y: strip * stripHeight + ABOVE + (row + 0.75) * cell })),
  ).flat();
  const at = (x: number, y: number) => {
    const down = Math.floor(y / stripHeight);
    const row = Math.floor((y - down * stripHeight - ABOVE) / cell);
    const column = Math.floor((x - BESIDE) / cell);
    if (row < 0 || row > 6 || column < 0 || column >= perStrip || down >= strips) return null;
    const n = ((strips - 1 - down) * perStrip + column - spare) * 7 + row - before;
    return n >= 0 && n < days.length ? n : null;
  };
  return {
    cell,
    width: BESIDE + perStrip * cell,
    height: strips * stripHeight - APART,
    places,
    months,
    weekdays,
    at,
  };
}
