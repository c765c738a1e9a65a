import { create } from "qrcode";

/** The dark squares of a QR code as the path of a drawing, one a unit, row by row. */
export function qrPath(words: string): { size: number; d: string } {
  const { modules } = create(words, { errorCorrectionLevel: "M" });
  let d = "";
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      let end = x + 1;
      while (end < modules.size && modules.get(y, end)) end++;
      d += `M${x} ${y}h${end - x}v1h-${end - x}z`;
      x = end;
    }
  }
  return { size: modules.size, d };
}
