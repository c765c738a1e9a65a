/** Trees, from the maple to the one that bears the world. */
import type { Drawing, Palette } from "./palette";
import { raceme } from "./greens";
import { around, at, discs, line, oval, shape, type Spot } from "./strokes";

/** A crown in three tones: what lies behind, what faces us, where the light falls. */
function crown(
  spots: readonly Spot[],
  { shade, leaf, light }: Pick<Palette, "shade" | "leaf" | "light">,
  full = 1,
) {
  const scaled = spots.map(([x, y, r]): Spot => [x, y, r * full]);
  return (
    discs(
      scaled.map(([x, y, r]) => [x + 1.5, y + 4, r]),
      shade,
    ) +
    discs(
      scaled.map(([x, y, r]) => [x - 1, y - 1, r * 0.87]),
      leaf,
    ) +
    discs(
      scaled.map(([x, y, r]) => [x - r * 0.3, y - r * 0.38, r * 0.46]),
      light,
    )
  );
}

/** A bare crown: what is left of a tree that withered. */
const bare = (bark: string, d: string) => line(d, bark, 2.6);

const MAPLE_LEAF =
  "M0-9 2.2-5 6-6.5 5-2.5 8.5 0 4.5 2 5 5 .8 4V8H-.8V4L-5 5-4.5 2-8.5 0-5-2.5-6-6.5-2.2-5Z";
const CROWN: Spot[] = [
  [34, 66, 17],
  [86, 66, 17],
  [42, 44, 18],
  [78, 44, 18],
  [60, 30, 19],
  [60, 58, 22],
];
const TRUNK = "M50 128C54 114 55 100 53 84H67C65 100 66 114 71 128Z";

export const maple: Drawing = (colours, { stage, open, withered }) => {
  const { bark, deep, light, bloom, heart } = colours;
  const falling = (x: number, y: number, turn: number, size: number, fill: string) =>
    at(x, y, shape(MAPLE_LEAF, fill), turn, size);
  return (
    shape(TRUNK, bark) +
    shape("M62 84H67C65 100 66 114 71 128H62C64 112 63 98 62 84Z", "#000", 'opacity=".14"') +
    line("M59 92C52 82 44 78 38 70M61 90C68 80 76 76 82 66", bark, 4.4) +
    (withered
      ? bare(
          bark,
          "M59 88C58 70 60 52 58 36M58 60C50 52 46 46 44 38M59 54C66 46 72 42 76 34M38 70C32 64 30 58 30 52M82 66C88 60 90 54 90 50",
        ) +
        falling(44, 40, 10, 0.9, deep) +
        falling(77, 36, -20, 0.9, bloom)
      : crown(
          CROWN,
          { shade: deep, leaf: bloom, light: heart },
          0.7 + 0.3 * Math.max(open, stage / 6),
        ) +
        (stage > 3
          ? [
              [38, 52, -20, 1],
              [70, 36, 15, 1.05],
              [84, 62, 30, 0.9],
              [54, 62, -8, 1],
              [30, 70, 12, 0.8],
            ]
              .map(([x = 0, y = 0, turn = 0, size = 1]) => falling(x, y, turn, size, light))
              .join("")
          : "")) +
    (stage > 3 ? falling(98, 112, 40, 0.8, bloom) + falling(28, 122, -50, 0.8, deep) : "")
  );
};

export const cherry: Drawing = (colours, { open, withered }) => {
  const { bark, shade, leaf, light, bloom, deep, heart } = colours;
  const blossom = around(5, oval(0, -3.2, 2.3, 3, bloom)) + discs([[0, 0, 1.7]], heart);
  const full = open > 0 ? 0.72 + 0.28 * open : 0.62;
  const puffs: Spot[] = [
    [28, 62, 15],
    [46, 44, 17],
    [72, 38, 18],
    [94, 56, 15],
    [60, 62, 15],
    [82, 72, 12],
    [36, 78, 10],
  ];
  return (
    shape("M48 128C58 118 50 104 56 90L66 88C64 102 66 118 74 128Z", bark) +
    line("M60 92C52 80 38 78 30 66M62 92C62 76 70 62 72 46M64 90C74 82 88 76 92 62", bark, 4.6) +
    line("M57 120c2-6 1-12 2-18", "#000", 2, 'opacity=".18"') +
    (withered
      ? bare(
          bark,
          "M30 66C26 60 24 54 26 48M72 46C66 40 66 34 68 28M72 50C80 44 82 38 82 32M92 62C98 56 98 50 98 46M46 78C46 66 44 58 46 50",
        ) +
        [
          [46, 50],
          [82, 34],
          [26, 50],
        ]
          .map(([x = 0, y = 0]) => at(x, y, blossom, 0, 0.9))
          .join("")
      : crown(
          puffs,
          open > 0 ? { shade: deep, leaf: bloom, light: "#fddce7" } : { shade, leaf, light: leaf },
          full,
        ) +
        (open > 0.3
          ? [
              [52, 40],
              [84, 36],
              [99, 58],
              [62, 56],
              [80, 72],
              [36, 66],
              [30, 56],
            ]
              .map(([x = 0, y = 0], n) =>
                at(
                  x,
                  y,
                  around(5, oval(0, -3.6, 2.5, 3.2, light)) + discs([[0, 0, 1.6]], heart),
                  n * 23,
                  open,
                ),
              )
              .join("")
          : "")) +
    (open > 0.7
      ? [
          [22, 108, 20],
          [100, 98, -30],
          [94, 122, 60],
          [36, 124, 10],
        ]
          .map(([x = 0, y = 0, turn = 0]) => oval(x, y, 3, 1.8, bloom, turn))
          .join("")
      : "")
  );
};

export const bonsai: Drawing = (colours, { stage, withered }) => {
  const { bark, shade, leaf, light } = colours;
  const pads: [number, number, number, number][] = [
    [36, 84, 20, 9.5],
    [86, 70, 21, 10],
    [56, 46, 25, 12.5],
    [46, 62, 12, 6],
  ];
  const pad = ([x, y, rx, ry]: [number, number, number, number]) =>
    oval(x, y + 2.5, rx, ry, shade) +
    discs(
      [
        [x - rx * 0.5, y - 1, ry * 0.86],
        [x, y - ry * 0.42, ry * 0.98],
        [x + rx * 0.5, y - 1, ry * 0.82],
      ],
      leaf,
    ) +
    discs(
      [
        [x - rx * 0.42, y - ry * 0.5, ry * 0.36],
        [x + rx * 0.08, y - ry * 0.86, ry * 0.42],
      ],
      light,
    );
  return (
    line("M58 112C40 98 82 88 66 72 60 64 54 62 57 48", bark, 9) +
    line("M62 92C52 92 44 90 38 88M70 80C76 78 80 76 86 72", bark, 5) +
    line("M55 108C44 98 76 88 64 74", "#fff", 1.8, 'opacity=".2"') +
    (withered
      ? bare(
          bark,
          "M38 88C32 84 28 82 24 76M86 72C92 66 96 64 98 58M57 48C50 42 46 38 42 36M57 50C64 44 68 40 74 36",
        ) + pad([48, 44, 9, 5])
      : pads
          .slice(stage === 2 ? 2 : stage === 3 ? 1 : 0)
          .map(pad)
          .join("")) +
    shape("M28 112H92L86 127H34Z", "#5a7396") +
    shape("M60 112H92L86 127H60Z", "#4a6183") +
    shape("M25 109.500h70v5h-70Z", "#7189ab") +
    oval(60, 110, 30, 3.4, withered ? "#8d7f5a" : "#5d7f4e")
  );
};

export const wisteria: Drawing = (colours, { stage, open, withered }) => {
  const { bark, shade, leaf, light, bloom, deep, heart } = colours;
  const hanging: [number, number, number][] = [
    [20, 58, 34],
    [34, 54, 46],
    [48, 52, 30],
    [74, 52, 34],
    [88, 52, 48],
    [102, 58, 32],
    [61, 50, 24],
  ];
  return (
    shape(
      "M50 128C60 112 46 96 58 78 62 68 60 60 60 52H68C68 64 72 72 66 84 58 98 70 112 72 128Z",
      bark,
    ) +
    line("M54 124C66 108 52 98 63 80", "#fff", 1.8, 'opacity=".2"') +
    line("M62 62C48 48 32 48 18 56M64 60C78 46 92 48 104 56", bark, 4.2) +
    (withered
      ? hanging
          .slice(0, 5)
          .map(([x, y, length]) => line(`M${x} ${y}q2 ${length / 3} 0 ${length / 2}`, deep, 2.2))
          .join("")
      : discs(
          [
            [24, 50, 12],
            [98, 50, 12],
            [40, 40, 14],
            [82, 40, 14],
            [61, 34, 17],
          ],
          shade,
        ) +
        discs(
          [
            [23, 47, 9.5],
            [97, 47, 9.5],
            [39, 37, 11.5],
            [81, 37, 11.5],
            [60, 30, 14],
          ],
          leaf,
        ) +
        discs(
          [
            [36, 33, 4.5],
            [56, 25, 5.5],
            [78, 33, 4.5],
          ],
          light,
        ) +
        hanging
          .slice(stage < 4 ? 3 : 0)
          .map(([x, y, length]) =>
            open > 0 ? raceme(x, y, length * open, [bloom, deep, heart]) : "",
          )
          .join(""))
  );
};

export const baobab: Drawing = (colours, { stage, open, withered }) => {
  const { bark, shade, leaf, light, bloom, stem } = colours;
  const tufts: Spot[] = [
    [22, 46, 10],
    [36, 34, 11],
    [54, 26, 11],
    [72, 28, 11],
    [88, 38, 11],
    [100, 52, 9],
  ];
  return (
    shape(
      "M32 128C42 120 38 92 42 72L24 52 30 48 45 62 38 38 44 36 54 60 55 32H61L63 60 74 36 80 39 74 62 92 46 97 51 80 72C84 94 80 120 92 128Z",
      bark,
    ) +
    shape("M66 62C72 84 68 112 76 128H92C80 120 84 94 80 72L74 62 63 60Z", stem) +
    line(
      "M50 80C49 94 51 108 48 122M59 74C59 92 60 108 59 124M69 82C70 96 69 110 72 122",
      stem,
      1.8,
    ) +
    (withered
      ? bare(bark, "M26 50L16 42M41 38L36 28M58 34L58 22M77 38L82 28M95 48L104 42")
      : discs(
          tufts.slice(0, stage + 1).map(([x, y, r]) => [x + 1, y + 2.5, r]),
          shade,
        ) +
        discs(
          tufts.slice(0, stage + 1).map(([x, y, r]) => [x - 1, y - 0.5, r * 0.86]),
          leaf,
        ) +
        discs(
          tufts.slice(0, stage + 1).map(([x, y, r]) => [x - 3, y - 4, r * 0.4]),
          light,
        ) +
        (open > 0.6
          ? [31, 57, 88]
              .map((x, n) =>
                at(x, [48, 30, 44][n] ?? 0, around(5, oval(0, -2.4, 1.5, 2.2, bloom)), n * 30),
              )
              .join("")
          : ""))
  );
};

const STARS: Spot[] = [
  [24, 40, 2.6],
  [44, 20, 2.8],
  [64, 40, 3],
  [82, 22, 2.6],
  [98, 44, 2.8],
  [46, 58, 2.4],
  [78, 60, 2.6],
  [60, 12, 2.2],
];

export const worldTree: Drawing = (colours, { stage, open, withered }) => {
  const { bark, stem, shade, leaf, light, bloom, deep, heart } = colours;
  const full = 0.74 + 0.26 * Math.max(open, stage / 8);
  return (
    (open > 0.3 && !withered
      ? discs([[60, 52, 50 * open]], heart).replace("/>", ' opacity=".2"/>')
      : "") +
    shape(
      "M12 128C36 124 46 106 47 82L36 62 42 58 54 72 56 44H64L66 72 78 58 84 62 73 82C74 106 84 124 108 128 92 130 82 126 76 120 76 126 70 129 62 126 52 130 46 126 44 120 38 126 28 130 12 128Z",
      bark,
    ) +
    shape(
      "M64 60L66 72 78 58 84 62 73 82C74 106 84 124 108 128 92 130 82 126 76 120 72 104 68 84 64 60Z",
      stem,
    ) +
    (withered
      ? bare(
          bark,
          "M38 62C28 54 24 46 22 36M60 46C58 34 58 26 60 14M82 62C92 54 96 46 98 36M40 58C40 46 40 36 38 28M80 58C82 46 82 38 84 30",
        )
      : crown(
          [
            [22, 52, 15],
            [98, 52, 15],
            [38, 34, 18],
            [82, 34, 18],
            [60, 24, 20],
            [60, 50, 18],
            [38, 60, 11],
            [82, 60, 11],
          ],
          { shade, leaf, light },
          full,
        ) +
        discs(
          STARS.map(([x, y, r]) => [x, y, r * open * 1.9]),
          deep,
        ).replace("/>", ' opacity=".45"/>') +
        discs(
          STARS.map(([x, y, r]) => [x, y, r * open]),
          bloom,
        )) +
    oval(60, 100, 5.5, 9, withered ? "#5b4c3a" : deep) +
    (withered ? "" : oval(60, 101, 3, 5.6, bloom)) +
    (open > 0.7 && !withered
      ? line(
          "M60 113C58 118 62 121 60 126M48 112C46 116 44 118 40 121M72 112C74 116 76 118 80 121",
          bloom,
          1.6,
        )
      : "")
  );
};
