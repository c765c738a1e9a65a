import { type Crop, sideOf } from "./crop";

/** The side of the picture that is sent, and that the service keeps: pixels. */
const SENT = 512;

/** Draw the part of a picture over the whole of a square canvas. */
export function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const side = sideOf(picture, crop.zoom);
  const brush = canvas.getContext("2d");
  if (brush === null) return;
  brush.clearRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = "high";
  const [left, top] = [crop.x - side / 2, crop.y - side / 2];
  brush.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
}

/** The part of a picture as a file: WebP, or PNG where the browser writes no WebP. */
export async function cutOut(picture: ImageBitmap, crop: Crop): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SENT;
  draw(canvas, picture, crop);
  const file = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, "image/webp", 0.92),
  );
  if (file === null) throw new Error("The canvas gave no file.");
  return file;
}
