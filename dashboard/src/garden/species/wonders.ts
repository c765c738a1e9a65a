/** Orchids and the lotus: flowers with a place of their own. */
import type { Drawing, Palette } from "./palette";
import { around, at, BASE, discs, leaf, line, oval, shape } from "./strokes";

const moth = ({ bloom, deep, light, heart }: Palette) =>
  around(3, shape("M0 1C-7-4-7-15 0-18 7-15 7-4 0 1Z", light), 0) +
  shape("M1 0C6-12 20-14 21-4 21 6 8 7 1 0ZM-1 0C-6-12-20-14-21-4-21 6-8 7-1 0Z", bloom) +
  line("M4-1C9-5 13-6 17-5M-4-1C-9-5-13-6-17-5", deep, 1.2) +
  shape("M0-2C5-1 7 5 3 9 1 11-1 11-3 9-7 5-5-1 0-2Z", heart) +
  discs([[0, 0, 2]], "#f6d365");

export const orchid: Drawing = (colours, { stage, open, withered }) => {
  const { leaf: green, shade, stem } = colours;
  const spray = withered
    ? "M60 122C54 88 58 60 78 62 94 64 98 84 96 100"
    : "M60 122C50 84 52 40 76 34 90 31 100 40 104 52";
  const blooms: [number, number, number, number][] = withered
    ? [
        [96, 98, 160, 0.6],
        [80, 66, 120, 0.6],
      ]
    : [
        [54, 72, -14, 0.72],
        [60, 48, -8, 0.86],
        [80, 38, 12, 0.98],
        [102, 56, 30, 0.72],
      ];
  return (
    line("M52 126C44 122 38 128 32 126M68 126C76 122 80 130 88 126", shade, 2.4) +
    line(spray, stem, 3) +
    blooms
      .slice(0, stage < 4 ? 2 : 4)
      .map(([x, y, turn, size]) =>
        open > 0
          ? at(x, y, moth(colours), turn, size * (0.5 + 0.5 * open))
          : oval(x, y, 3, 4.4, green, turn),
      )
      .join("") +
    (open > 0.5 && !withered ? oval(108, 66, 3, 4.2, colours.deep, 20) : "") +
    leaf(60, 126, 200, [42, 11], green, shade) +
    leaf(60, 126, -24, [42, 11], green, shade) +
    (stage > 2
      ? leaf(60, 126, 226, [30, 9], shade, green) + leaf(60, 126, -52, [28, 9], green, shade)
      : "")
  );
};

const ghost = ({ bloom, deep, light, heart }: Palette) =>
  line(
    "M-3 8C-8 20-18 22-16 36-15 42-20 46-24 45M3 8C8 20 18 22 16 36 15 42 20 46 24 45",
    deep,
    3.4,
  ) +
  line(
    "M-3 8C-8 20-18 22-16 36-15 42-20 46-24 45M3 8C8 20 18 22 16 36 15 42 20 46 24 45",
    bloom,
    1.8,
  ) +
  around(5, shape("M0 1C-5-5-5-17 0-24 5-17 5-5 0 1Z", deep), -60) +
  around(5, shape("M0 0C-3.5-6-3.5-15 0-21 3.5-15 3.5-6 0 0Z", bloom), -60) +
  shape(
    "M0-3C8-2 9 8 4 13 2 15-2 15-4 13-9 8-8-2 0-3Z",
    light,
    `stroke="${deep}" stroke-width="1.2"`,
  ) +
  discs([[0, 2, 2.6]], heart);

export const ghostOrchid: Drawing = (colours, { stage, open, withered }) => {
  const { bark, stem, shade, leaf: moss, heart } = colours;
  const [x, y] = withered ? [86, 82] : [66, 50];
  return (
    (open > 0 && !withered
      ? discs([[x, y + 4, 44 * open]], heart).replace("/>", ' opacity=".16"/>') +
        discs([[x, y + 4, 29 * open]], heart).replace("/>", ' opacity=".2"/>')
      : "") +
    shape(
      "M10 126C20 112 40 116 58 112 78 108 96 110 112 120L108 130C80 124 40 124 14 132Z",
      bark,
    ) +
    shape("M14 122C24 112 40 116 58 112 50 118 30 118 14 122Z", moss) +
    line(
      "M58 114C44 108 34 118 22 116M60 114C74 106 88 116 100 112M58 114C52 122 46 124 40 130M62 114C68 122 76 122 82 128",
      shade,
      2.6,
    ) +
    line(
      withered ? "M60 114C54 84 62 66 78 68 84 69 86 74 86 80" : `M60 114C52 90 56 66 ${x} ${y}`,
      stem,
      2.8,
    ) +
    (open > 0
      ? at(x, y, ghost(colours), withered ? 150 : 4, (withered ? 0.62 : 1) * (0.5 + 0.5 * open))
      : oval(x, y + 6, 4, 7, moss, 12)) +
    (stage > 4 && !withered
      ? line("M57 92C48 84 42 84 36 78", stem, 2) +
        oval(34, 75, 4, 6, colours.bloom, -40) +
        oval(34, 75, 2, 3.5, moss, -40)
      : "")
  );
};

const LOTUS = "M0 4C-13-8-9-30 0-40 9-30 13-8 0 4Z";

export const lotus: Drawing = (colours, { stage, open, withered }) => {
  const { leaf: green, shade, stem, bloom, deep, light, heart } = colours;
  const petals = (turns: number[], fill: string, scale = 1) =>
    turns.map((turn) => at(0, 0, shape(LOTUS, fill), turn * (0.3 + 0.7 * open), scale)).join("");
  const flower =
    petals([-82, 82], deep, 0.82) +
    petals([-56, 56], bloom, 0.95) +
    petals([-18, 18], deep) +
    petals([-34, 34], light, 0.92) +
    petals([0], bloom, 0.94) +
    (open > 0.7
      ? oval(0, -8, 8, 5, heart) +
        discs(
          [
            [-3, -9, 1],
            [0, -7.5, 1],
            [3, -9, 1],
          ],
          deep,
        ) +
        petals([-62, 62, -24, 24], bloom, 0.54) +
        petals([0, -44, 44], light, 0.46)
      : "");
  const pad = (x: number, y: number, rx: number) =>
    oval(x, y + 1.6, rx, rx * 0.3, shade) +
    oval(x, y, rx, rx * 0.28, green) +
    line(
      `M${x} ${y}L${x + rx * 0.8} ${y - 3}M${x} ${y}L${x - rx * 0.7} ${y - 2.5}M${x} ${y}L${x} ${y + rx * 0.24}`,
      shade,
      1.2,
    );
  return (
    oval(60, 124, 54, 11, "#6fb3d2") +
    oval(60, 122.5, 46, 8, "#93cbe3") +
    line("M30 128h14M76 129h18M54 119h10", "#d4eef8", 1.6) +
    pad(26, 121, 17) +
    (stage > 2 ? pad(95, 123, 15) : "") +
    (stage > 4 && !withered
      ? line("M86 122C88 106 84 96 88 84", stem, 2.8) +
        at(
          88,
          84,
          shape("M0 4C-9-4-7-18 0-26 7-18 9-4 0 4Z", bloom) +
            shape("M0 4C9-4 7-18 0-26-2-14-2-4 0 4Z", deep),
          8,
          0.9,
        )
      : "") +
    (withered
      ? line("M60 122C56 100 58 82 72 80 80 80 82 86 82 92", stem, 3.6) +
        at(82, 92, flower, 172, 0.62)
      : line(`M60 122C58 112 61 104 60 ${stage > 2 ? 96 : 92}`, stem, 4) +
        at(
          60,
          96,
          open > 0 ? flower : shape("M0 4C-8-4-6-16 0-22 6-16 8-4 0 4Z", shade),
          0,
          open > 0 ? 0.55 + 0.5 * open : 1,
        )) +
    pad(58, BASE - 1, 13)
  );
};
