/** A month of the forest as a picture: its neighbours' colours meet it at its edges. */
import { chance, mixed } from "../land/colour";
import type { Mood } from "../land/mood";
import { minutesShown, sizeOf, type Standing } from "../land/plots";
import { ridge } from "../land/Scenery";
import { sprite } from "./sprites";

export const TILE = { width: 320, height: 340 };
const HORIZON = 150;
/** The height of a plant of 25 minutes where the forest is nearest. */
const UNIT = 50;
/** Plants whose crown hangs over the edge of their month. */
const OVER = 60;

export type Tree = { plant: Standing; x: number; y: number; height: number };

/** The places of a year's plants in one line of months, the farthest first. */
export function treesOf(plants: readonly Standing[]): Tree[] {
  const trees = plants.map((plant): Tree => {
    const [month, day] = [Number(plant.local_date.slice(5, 7)), Number(plant.local_date.slice(8))];
    const depth = chance(plant.id) ** 0.8;
    const along = (day - 1 + chance(`${plant.id} x`)) / 31;
    return {
      plant,
      x: (month - 1 + along) * TILE.width,
      y: HORIZON + 14 + depth * (TILE.height - HORIZON - 26),
      height: UNIT * (0.5 + 0.5 * depth) * sizeOf(minutesShown(plant)),
    };
  });
  return trees.sort((a, b) => a.y - b.y);
}

type Moods = [before: Mood, own: Mood, after: Mood];

/** A colour of this month that goes over into its neighbours'. */
function across(context: CanvasRenderingContext2D, moods: Moods, of: (mood: Mood) => string) {
  const [before, own, after] = moods.map(of) as [string, string, string];
  const fill = context.createLinearGradient(0, 0, TILE.width, 0);
  fill.addColorStop(0, mixed(own, before, 0.5));
  fill.addColorStop(0.5, own);
  fill.addColorStop(1, mixed(own, after, 0.5));
  return fill;
}

function drawSky(context: CanvasRenderingContext2D, [before, own, after]: Moods, left: number) {
  const step = 4;
  for (let x = 0; x < TILE.width; x += step) {
    const share = x / TILE.width - 0.5;
    const other = share < 0 ? before : after;
    const fill = context.createLinearGradient(0, 0, 0, HORIZON + 20);
    fill.addColorStop(0, mixed(own.sky[0], other.sky[0], Math.abs(share)));
    fill.addColorStop(1, mixed(own.sky[1], other.sky[1], Math.abs(share)));
    context.fillStyle = fill;
    context.fillRect(x, 0, step, HORIZON + 20);
  }
  context.fillStyle = "#ffffff";
  for (let n = 0; own.isNight && n < 26; n += 1) {
    context.globalAlpha = 0.3 + 0.6 * chance(`shine ${left} ${n}`);
    const size = 0.8 + 1.4 * chance(`bright ${left} ${n}`) ** 3;
    context.fillRect(
      TILE.width * chance(`star ${left} ${n}`),
      120 * chance(`high ${left} ${n}`),
      size,
      size,
    );
  }
  context.globalAlpha = 1;
}

/** Draw the tile of a month, which begins at `left` in the line of all. */
export async function drawTile(
  canvas: HTMLCanvasElement,
  left: number,
  moods: Moods,
  trees: readonly Tree[],
): Promise<void> {
  const seen = trees.filter(({ x }) => x > left - OVER && x < left + TILE.width + OVER);
  const stamps = await Promise.all(
    seen.map(({ plant }) =>
      sprite(plant.plant_type, plant.growth_stage, plant.state === "withered"),
    ),
  );
  const context = canvas.getContext("2d");
  if (context === null) return;
  const sharp = Math.min(2, window.devicePixelRatio || 1);
  [canvas.width, canvas.height] = [TILE.width * sharp, TILE.height * sharp];
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  drawSky(context, moods, left);
  const hill = (y: number, rise: number, seed: number, of: (mood: Mood) => string) => {
    context.fillStyle = across(context, moods, of);
    context.fill(new Path2D(ridge(TILE, TILE.height, y, rise, seed, left)));
  };
  hill(HORIZON - 22, 52, 1.2, (mood) => mood.far);
  hill(HORIZON - 4, 34, 4.1, (mood) => mood.mid);
  hill(HORIZON + 12, 16, 2.6, (mood) => mood.near);
  hill(HORIZON + 26, 10, 5.3, (mood) => mood.back);
  hill(HORIZON + 92, 12, 0.4, (mood) => mixed(mood.back, mood.front, 0.55));
  hill(HORIZON + 152, 12, 3.3, (mood) => mood.front);
  seen.forEach(({ x, y, height }, n) => {
    const stamp = stamps[n];
    if (!stamp) return;
    const width = (height * 120) / 140;
    context.globalAlpha = 0.16;
    context.fillStyle = "#10231a";
    context.beginPath();
    context.ellipse(x - left, y, width * 0.3, width * 0.07, 0, 0, 7);
    context.fill();
    context.globalAlpha = 1;
    context.drawImage(stamp, x - left - width / 2, y - height * (128 / 140), width, height);
  });
}
