/** Herbs, ferns and what grows without a head. */
import type { Drawing } from "./palette";
import {
  along,
  around,
  at,
  BASE,
  type Curve,
  curved,
  discs,
  frond,
  leaf,
  line,
  oval,
  shape,
} from "./strokes";

const FRONDS: [Curve, number][] = [
  [
    [
      [60, BASE],
      [46, 70],
      [14, 82],
    ],
    12,
  ],
  [
    [
      [60, BASE],
      [76, 70],
      [106, 84],
    ],
    12,
  ],
  [
    [
      [60, BASE],
      [28, 102],
      [6, 114],
    ],
    9,
  ],
  [
    [
      [60, BASE],
      [92, 102],
      [114, 116],
    ],
    9,
  ],
  [
    [
      [60, BASE],
      [50, 50],
      [30, 44],
    ],
    13,
  ],
  [
    [
      [60, BASE],
      [72, 48],
      [94, 50],
    ],
    13,
  ],
  [
    [
      [60, BASE],
      [58, 60],
      [64, 16],
    ],
    13,
  ],
];

export const fern: Drawing = ({ leaf: green, shade, stem, light }, { stage, withered }) => {
  const shown = FRONDS.slice(stage === 2 ? 4 : stage === 3 ? 2 : 0);
  const curl = "M0 0C-1-12-9-16-9-9-9-4-3-4-4-8";
  return (
    shown
      .map(([curve, longest], n) => {
        const hung: Curve = withered
          ? [
              curve[0],
              [curve[1][0], curve[1][1] + 26],
              [curve[2][0], Math.min(124, curve[2][1] + 34)],
            ]
          : curve;
        return frond(hung, longest, 12, n % 2 ? shade : green) + line(curved(hung), stem, 1.6);
      })
      .join("") +
    (stage < 5 && !withered
      ? at(50, 100, line(curl, light, 3.4), -8) + at(72, 104, line(curl, light, 3), 20)
      : "")
  );
};

export const cactus: Drawing = (colours, { stage, open, withered }) => {
  const { leaf: green, shade, light, bloom, deep, heart } = colours;
  const body = withered
    ? "M46 128C44 108 50 88 48 70 48 54 72 52 73 70 74 88 72 108 76 128Z"
    : "M43 128V62C43 37 77 37 77 62V128Z";
  const arms =
    stage > 2
      ? line("M46 104C30 106 26 98 26 80", shade, 14) +
        line("M26 80C26 96 31 102 46 101", green, 9) +
        (stage > 3
          ? line("M74 92C92 94 95 84 95 66", shade, 13) + line("M94 66C94 80 90 88 74 88", green, 8)
          : "")
      : "";
  const flower =
    around(7, shape("M0-2C-5-6-4.5-13 0-16 4.5-13 5-6 0-2Z", bloom)) +
    around(7, shape("M0-1C-3-4-3-8 0-10 3-8 3-4 0-1Z", deep), 25) +
    discs([[0, 0, 3.6]], heart);
  return (
    arms +
    shape(body, green) +
    shape("M64 45C73 47 77 54 77 62V128H64C68 100 68 70 64 45Z", shade) +
    line(withered ? "M55 120V72" : "M52 120V60M60 122V54", light, 1.8, 'stroke-dasharray="1 6.5"') +
    line("M69 120V62M26 94V84M95 80V70", light, 1.6, 'stroke-dasharray="1 6.5"') +
    at(60, withered ? 58 : 42, flower, 0, open * (withered ? 0.7 : 1)) +
    (open > 0.7 ? at(26, 72, flower, -20, 0.55) : "") +
    oval(38, 127, 7, 3.6, "#a9a297") +
    oval(84, 128, 9, 4, "#8f897f")
  );
};

export const lavender: Drawing = (colours, { stage, open, withered }) => {
  const { leaf: green, shade, stem, bloom, deep, light } = colours;
  const leans = [-30, 30, -19, 19, -8, 8, 0].slice(stage === 2 ? 4 : stage === 3 ? 2 : 0);
  const spike = (lean: number, n: number) => {
    const tip = Math.abs(lean) * 0.55 + 20 + (n % 3) * 3;
    const ears = Array.from({ length: 6 }, (_, k) => {
      const [y, w] = [tip + 4 + k * 7.2, (2.8 + Math.min(k, 3) * 1.05) * (0.4 + 0.6 * open)];
      return (
        oval(60 - w * 0.8, y + 2, w, 3.9, k % 2 ? bloom : deep, 24) +
        oval(60 + w * 0.8, y + 2, w, 3.9, k % 2 ? deep : bloom, -24) +
        (k % 2 ? "" : oval(60, y, w * 0.55, 2.8, light))
      );
    }).join("");
    const turn = withered ? lean * 1.3 + (lean < 0 ? -6 : 6) : lean;
    return `<g transform="rotate(${turn} 60 ${BASE})">${line(`M60 ${BASE}V${tip + 8}`, stem, 2.2)}${
      open > 0 ? ears : oval(60, tip + 8, 3, 7, green)
    }</g>`;
  };
  const blades = [-52, 52, -38, 38, -26, 26, -12, 12].map((lean, n) =>
    leaf(60, BASE, lean - 90, [34 - (n % 3) * 3, 3.6], green, shade),
  );
  return leans.map(spike).join("") + blades.slice(0, stage * 2 - 2).join("");
};

export const mint: Drawing = (colours, { stage, open, withered }) => {
  const { leaf: green, shade, stem, bloom, light, deep } = colours;
  const sprig = (lean: number, top: number, isBlooming: boolean) => {
    const pairs = Math.round((BASE - 8 - top) / 13);
    const leaves = Array.from({ length: pairs }, (_, n) => {
      const y = BASE - 10 - n * 13;
      const size: [number, number] = [22 - n * 1.3, 11.5 - n * 0.6];
      const fall = withered ? 46 : 0;
      return (
        leaf(60, y, 200 - fall * 0.9, size, n % 2 ? shade : green, n % 2 ? green : shade) +
        leaf(60, y, -20 + fall, size, n % 2 ? green : shade, n % 2 ? shade : light)
      );
    }).join("");
    const ear = isBlooming
      ? oval(60, top - 2, 5.4 * open, 9 * open, bloom) +
        discs(
          [
            [57, top - 6, 1.8 * open],
            [63, top - 3, 1.8 * open],
            [58, top + 1, 1.8 * open],
          ],
          deep,
        )
      : leaf(60, top + 4, -68, [12, 5], light, green) +
        leaf(60, top + 4, 248, [12, 5], green, light);
    return `<g transform="rotate(${lean * (withered ? 1.5 : 1)} 60 ${BASE})">${line(`M60 ${BASE}V${top}`, stem, 2.8)}${leaves}${ear}</g>`;
  };
  return (
    (stage > 2 ? sprig(-27, 62, false) + sprig(27, 66, false) : "") +
    (stage > 3 ? sprig(-12, 46, open > 0.7) + sprig(14, 50, open > 0.7) : "") +
    sprig(0, 34, open > 0)
  );
};

const CULMS: [foot: number, top: number, lean: number][] = [
  [42, 40, -5],
  [82, 34, 4],
  [54, 18, -2],
  [69, 10, 2],
];

export const bamboo: Drawing = (colours, { stage, withered }) => {
  const { leaf: green, shade, stem, light, deep } = colours;
  const shown = CULMS.slice(stage === 2 ? 3 : stage === 3 ? 2 : stage === 4 ? 1 : 0);
  return shown
    .map(([x, top, lean], n) => {
      const joints = Array.from({ length: 6 }, (_, k) => BASE - 16 - k * 18).filter(
        (y) => y > top + 6,
      );
      const tuft = (y: number, side: number) =>
        [-4, 22, 46]
          .map((turn, k) => {
            const fall = turn + (withered ? 44 : 8);
            return leaf(
              x,
              y,
              side > 0 ? fall : 180 - fall,
              [26 - k * 3, 4.6],
              k % 2 ? shade : green,
              k % 2 ? green : shade,
            );
          })
          .join("");
      return `<g transform="rotate(${lean} ${x} ${BASE})">${line(`M${x} ${BASE}V${top}`, n % 2 ? stem : deep, 8.5)}${line(`M${x - 2} ${BASE}V${top}`, light, 2, 'opacity=".7"')}${joints
        .map((y) => line(`M${x - 4.5} ${y}h9`, shade, 2.4))
        .join(
          "",
        )}${tuft(top + 4, n % 2 ? 1 : -1)}${tuft(top + 30, n % 2 ? -1 : 1)}${n > 0 ? tuft(top + 8, n % 2 ? -1 : 1) : ""}</g>`;
    })
    .join("");
};

/** A vine that hangs in bunches, as the wisteria's flowers do. */
export function raceme(
  x: number,
  y: number,
  length: number,
  [a, b, c]: [string, string, string],
): string {
  const rows = Math.max(2, Math.round(length / 5));
  const curve: Curve = [
    [x, y],
    [x + 1, y + length / 2],
    [x - 1, y + length],
  ];
  return Array.from({ length: rows }, (_, n) => {
    const spot = along(curve, n / rows);
    const r = 5.2 * (1 - (n / rows) * 0.72);
    return discs(
      [
        [spot.x - r * 0.6, spot.y, r],
        [spot.x + r * 0.6, spot.y + 1, r],
      ],
      n % 3 === 0 ? a : n % 3 === 1 ? b : c,
    );
  }).join("");
}
