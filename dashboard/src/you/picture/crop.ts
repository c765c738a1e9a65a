/** The part of a picture that is cut out: a square of it, in the picture's own pixels. */
export type Size = { width: number; height: number };
/** The middle of the square, and how much larger than whole the picture is shown. */
export type Crop = { x: number; y: number; zoom: number };
type Point = { x: number; y: number };

export const MOST_ZOOM = 4;
const MIDDLE: Point = { x: 0, y: 0 };

const between = (least: number, value: number, most: number) =>
  Math.min(Math.max(value, least), most);

/** The length of the square's sides. */
export const sideOf = ({ width, height }: Size, zoom: number): number =>
  Math.min(width, height) / zoom;

/** The largest square, in the middle. */
export const whole = ({ width, height }: Size): Crop => ({ x: width / 2, y: height / 2, zoom: 1 });

/** The nearest square that lies within the picture. */
function within(size: Size, { x, y, zoom }: Crop): Crop {
  const kept = between(1, zoom, MOST_ZOOM);
  const half = sideOf(size, kept) / 2;
  return {
    x: between(half, x, size.width - half),
    y: between(half, y, size.height - half),
    zoom: kept,
  };
}

/** The square after the picture was pushed by a part of the view's side: 0.5 is half of it. */
export function moved(size: Size, crop: Crop, by: Point): Crop {
  const side = sideOf(size, crop.zoom);
  return within(size, { ...crop, x: crop.x - by.x * side, y: crop.y - by.y * side });
}

/** The square at another zoom; what lies `at` a part of the side from the middle stays there. */
export function zoomed(size: Size, crop: Crop, zoom: number, at: Point = MIDDLE): Crop {
  const kept = between(1, zoom, MOST_ZOOM);
  const grown = sideOf(size, crop.zoom) - sideOf(size, kept);
  return within(size, { x: crop.x + at.x * grown, y: crop.y + at.y * grown, zoom: kept });
}

const STEP = 0.04;
const KEYS: Record<string, (size: Size, crop: Crop) => Crop> = {
  ArrowLeft: (size, crop) => moved(size, crop, { x: -STEP, y: 0 }),
  ArrowRight: (size, crop) => moved(size, crop, { x: STEP, y: 0 }),
  ArrowUp: (size, crop) => moved(size, crop, { x: 0, y: -STEP }),
  ArrowDown: (size, crop) => moved(size, crop, { x: 0, y: STEP }),
  "+": (size, crop) => zoomed(size, crop, crop.zoom * 1.1),
  "=": (size, crop) => zoomed(size, crop, crop.zoom * 1.1),
  "-": (size, crop) => zoomed(size, crop, crop.zoom / 1.1),
};

/** The square after a key was pressed; null for a key that does nothing here. */
export const keyed = (size: Size, crop: Crop, key: string): Crop | null =>
  KEYS[key]?.(size, crop) ?? null;
