/** Plants as small pictures, each drawn once: a forest stamps them by the thousand. */
import { drawingsLoaded } from "../Plant";

/** Twice the size in which most are seen. */
const [WIDTH, HEIGHT] = [132, 154];
const made = new Map<string, Promise<CanvasImageSource | null>>();

async function make(kind: string, stage: number, isWithered: boolean) {
  const drawings = await drawingsLoaded;
  if (!drawings) return null;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 120 140">${drawings.drawn(kind, stage, isWithered)}</svg>`;
  const image = new Image();
  // A blob would be refused by the policy of pictures; text in the address is not.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return canvas;
}

export function sprite(kind: string, stage: number, isWithered: boolean) {
  const name = `${kind} ${stage} ${isWithered}`;
  const known = made.get(name) ?? make(kind, stage, isWithered).catch(() => null);
  made.set(name, known);
  return known;
}
