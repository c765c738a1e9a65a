/** Flowers on one stem or a few. */
import type { Drawing, Growth, Palette } from "./palette";
import { around, at, BASE, discs, leaf, line, oval, shape } from "./strokes";

type Head = (colours: Palette, growth: Growth) => string;
type Way = { x?: number; top: number; bend?: number; width?: number; scale?: number };

/** A closed bud, in the sepals that it will open out of. */
const bud = ({ leaf: green, shade, bloom }: Palette, isColoured: boolean) =>
  (isColoured ? shape("M-5-3C-6-12-2-16 0-18 2-16 6-12 5-3Z", bloom) : "") +
  shape("M-6 2C-8-6-4-11 0-14 4-11 8-6 6 2 3 5-3 5-6 2Z", green) +
  shape("M0-14C4-11 8-6 6 2 4 4 2 4.5 0 4.500Z", shade);

/** A stem with its head; withered, the stem bows and the head hangs. */
function stalk(colours: Palette, growth: Growth, head: Head, way: Way): string {
  const { x = 60, top, bend = -3, width = 3.6, scale = 1 } = way;
  const { open, stage, withered } = growth;
  const foot = 60 + (x - 60) * 0.25;
  const bloom =
    open > 0 ? at(0, 0, head(colours, growth), 0, 0.45 + 0.55 * open) : bud(colours, stage > 2);
  if (withered) {
    const low = top + 16;
    const [over, hang] = [x + 17, low + 22];
    return (
      line(
        `M${foot} ${BASE}C${foot + bend} ${BASE - 34} ${x - 4} ${low - 4} ${x + 8} ${low - 1}Q${over + 2} ${low + 2} ${over} ${hang - 6}`,
        colours.stem,
        width,
      ) + at(over, hang, bloom, 168, scale * 0.82)
    );
  }
  return (
    line(
      `M${foot} ${BASE}C${foot + bend} ${BASE - 26} ${x + bend} ${top + 26} ${x} ${top}`,
      colours.stem,
      width,
    ) + at(x, top, bloom, 0, scale)
  );
}

const roseHead: Head = ({ bloom, deep, light, leaf: green }) =>
  shape(
    "M-15 8C-22 12-24 18-27 17-23 20-14 20-9 17ZM15 8C22 12 24 18 27 17 23 20 14 20 9 17Z",
    green,
  ) +
  shape("M-22-8C-28-24-9-31-1-25 8-32 28-24 22-8 26 8 12 20 0 20S-26 8-22-8Z", deep) +
  shape("M-17-12C-18-25-4-28 0-23 6-28 19-24 17-11 14 2-14 2-17-12Z", bloom) +
  oval(0, -13, 11.5, 8, deep) +
  line("M-8-13C-8-20 8-21 8.5-13 8-7-5-7-4.5-12-4-16 4-15.5 3-12", light, 2.2) +
  shape("M-23-7C-27 9-12 21 3 20-2 16-4 8-1-2-9 1-19-1-23-7Z", bloom) +
  shape("M23-7C27 9 13 21 1 20-4 13-3 3 3-4 9 0 19-1 23-7Z", light) +
  shape("M23-7C27 9 13 21 1 20 13 15 16 4 12-2 16-2 20-4 23-7Z", bloom);

export const rose: Drawing = (colours, growth) => {
  const { leaf: green, shade } = colours;
  const leaves = [
    leaf(58, 112, 198, [25, 9], green, shade),
    leaf(59, 104, -22, [27, 9.5], green, shade),
    leaf(57, 88, 206, [23, 8.5], green, shade),
    leaf(58, 80, -28, [21, 8], green, shade),
  ].slice(0, growth.stage);
  return (
    line("M58 98l-5-3M58 72l5-3", colours.stem, 2.4) +
    stalk(colours, growth, roseHead, { top: 42 }) +
    leaves.join("") +
    (growth.stage > 4 && !growth.withered
      ? line("M58 94C66 88 80 86 86 74", colours.stem, 2.6) +
        at(87, 73, bud(colours, true), 22, 0.9)
      : "")
  );
};

const tulipHead: Head = ({ bloom, deep, light }) =>
  shape("M-9-14C-6-22-3-27 0-30 3-27 6-22 9-14L8 4-8 4Z", deep) +
  shape("M-17-24C-22-2-15 14 0 15 1 0-6-16-17-24Z", bloom) +
  shape("M17-24C22-2 15 14 0 15-1 0 6-16 17-24Z", light) +
  shape("M0-22C-9-10-8 6 0 15 8 6 9-10 0-22Z", bloom) +
  shape("M0-22C2-8 3 4 0 15 8 6 9-10 0-22Z", deep, 'opacity=".5"');

export const tulip: Drawing = (colours, growth) => {
  const { leaf: green, shade, stage } = { ...colours, ...growth };
  const beside =
    stage > 3
      ? stalk(colours, growth, tulipHead, { x: 31, top: 72, bend: -1, scale: 0.68, width: 3 }) +
        (growth.withered
          ? ""
          : stalk({ ...colours, bloom: colours.heart, light: colours.light }, growth, tulipHead, {
              x: 90,
              top: 64,
              bend: 1,
              scale: 0.74,
              width: 3,
            }))
      : "";
  return (
    beside +
    stalk(colours, growth, tulipHead, { top: 44, width: 4.2 }) +
    shape("M60 128C40 122 34 100 30 78 46 90 58 108 60 128Z", green) +
    shape("M60 128C50 112 42 94 30 78 46 90 58 108 60 128Z", shade) +
    shape("M60 128C76 120 88 104 92 84 74 92 62 108 60 128Z", shade) +
    shape("M60 128C64 112 78 94 92 84 74 92 62 108 60 128Z", green)
  );
};

const daisyHead: Head = ({ bloom, deep, light, heart }) =>
  around(9, shape("M0-6C-5.5-12-5.5-21 0-25 5.5-21 5.5-12 0-6Z", deep), 20) +
  around(
    9,
    shape(
      "M0-6C-5.5-12-5.5-20 0-24 5.5-20 5.5-12 0-6Z",
      bloom,
      `stroke="${deep}" stroke-width=".7"`,
    ),
  ) +
  discs([[0, 0, 8.6]], heart) +
  oval(-2, -2.4, 4.4, 3.4, light);

export const daisy: Drawing = (colours, growth) => {
  const { leaf: green, shade } = colours;
  const { stage, withered } = growth;
  return (
    (stage > 2
      ? stalk(colours, growth, daisyHead, { x: 30, top: 76, scale: 0.7, width: 2.8 })
      : "") +
    (stage > 3 && !withered
      ? stalk(colours, growth, daisyHead, { x: 93, top: 70, bend: 3, scale: 0.78, width: 2.8 })
      : "") +
    stalk(colours, growth, daisyHead, { top: 42, width: 3.2 }) +
    [205, 222, 318, 335, 250, 292]
      .slice(0, stage + 1)
      .map((turn) => leaf(60, BASE, turn, [30, 8], green, shade))
      .join("")
  );
};

const sunHead: Head = ({ bloom, deep, light, heart, bark }) =>
  around(14, shape("M0-10C-7-18-6-29 0-35 6-29 7-18 0-10Z", deep), 13) +
  around(14, shape("M0-10C-6-17-5.5-26 0-32 5.5-26 6-17 0-10Z", bloom)) +
  discs([[0, 0, 15.5]], bark) +
  discs([[0, 0, 11.5]], heart) +
  around(8, discs([[0, -9, 1.5]], light), 10) +
  around(5, discs([[0, -4.5, 1.4]], light));

export const sunflower: Drawing = (colours, growth) => {
  const { leaf: green, shade, stage } = { ...colours, ...growth };
  return (
    stalk(colours, growth, sunHead, { top: 44, bend: -4, width: 5.4 }) +
    [
      leaf(58, 108, 192, [34, 15], green, shade),
      leaf(58, 100, -16, [36, 15], green, shade),
      leaf(57, 86, 204, [28, 12], green, shade),
      leaf(57, 82, -30, [26, 11], green, shade),
    ]
      .slice(0, stage)
      .join("")
  );
};

const lilyHead: Head = ({ bloom, deep, light, heart }) => {
  const petal =
    shape("M0 2C-10-6-11-20-2-33 0-35 3-34 3-31 9-20 9-6 0 2Z", bloom) +
    line("M0-3C-1-12-1-20 0-27", deep, 2.2) +
    discs(
      [
        [-3.4, -10, 0.9],
        [3.4, -12, 0.9],
        [-3, -16, 0.8],
        [3, -7, 0.8],
      ],
      heart,
    );
  const back = shape("M0 2C-10-6-11-20-2-33 0-35 3-34 3-31 9-20 9-6 0 2Z", light);
  const stamen = line("M0 0C1-7 0-13-1-17", light, 1.6) + oval(-1, -18, 3, 1.6, heart, 14);
  return (
    around(3, back + line("M0-3V-26", deep, 1.4), 60) +
    around(3, petal) +
    around(6, stamen, 28) +
    discs([[0, 0, 3.2]], light)
  );
};

export const lily: Drawing = (colours, growth) => {
  const { leaf: green, shade } = colours;
  const { stage, withered } = growth;
  return (
    (stage > 4 && !withered
      ? line("M59 76C68 70 82 74 89 84", colours.stem, 3) +
        at(92, 86, lilyHead(colours, growth), 64, 0.62) +
        line("M59 84C48 78 38 78 32 70", colours.stem, 2.6) +
        at(31, 70, bud(colours, true), -30, 1.15)
      : "") +
    stalk(colours, growth, lilyHead, { top: 42 }) +
    [118, 108, 98, 88]
      .slice(0, stage)
      .map(
        (y, n) =>
          leaf(59, y, 200 + n * 5, [28 - n * 2, 5.5], green, shade) +
          leaf(59, y - 4, -20 - n * 5, [28 - n * 2, 5.5], green, shade),
      )
      .join("")
  );
};
