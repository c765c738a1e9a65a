/** The nineteen species by the name that the API has for them. */
import { daisy, lily, rose, sunflower, tulip } from "./flowers";
import { bamboo, cactus, fern, lavender, mint } from "./greens";
import { colours, type Palette, type Species, WITHERED } from "./palette";
import { at, BASE, leaf, line, oval, shape } from "./strokes";
import { baobab, bonsai, cherry, maple, wisteria, worldTree } from "./trees";
import { ghostOrchid, lotus, orchid } from "./wonders";

const wood = { bark: "#7d5c45", stem: "#68492f" };

export const SPECIES: Record<string, Species> = {
  Rose: {
    draw: rose,
    colours: colours({ bloom: "#e2506b", deep: "#b62f4d", light: "#f07f92" }),
  },
  Tulip: {
    draw: tulip,
    colours: colours({
      leaf: "#63b38b",
      shade: "#43936f",
      bloom: "#f4854f",
      deep: "#dc5f31",
      light: "#f9a56d",
      heart: "#f3b43f",
    }),
  },
  Daisy: {
    draw: daisy,
    colours: colours({ bloom: "#fffaf0", deep: "#c3cbdf", light: "#ffdf7a", heart: "#f3b52c" }),
  },
  Sunflower: {
    draw: sunflower,
    colours: colours({
      bloom: "#fbc638",
      deep: "#ee9f1d",
      light: "#a87341",
      heart: "#6d4425",
      bark: "#8a5a31",
    }),
  },
  Fern: {
    draw: fern,
    colours: colours({ leaf: "#4da86b", shade: "#348a56", stem: "#2c7347", light: "#8fce93" }),
  },
  Cactus: {
    draw: cactus,
    colours: colours({
      leaf: "#63b184",
      shade: "#47926a",
      light: "#d8f0d6",
      bloom: "#f7709d",
      deep: "#fbb0c9",
      heart: "#ffe08a",
    }),
  },
  Lavender: {
    draw: lavender,
    colours: colours({
      leaf: "#8fb697",
      shade: "#6f9a7c",
      stem: "#6d9777",
      bloom: "#9d84dc",
      deep: "#7a60c4",
      light: "#c3b1f0",
    }),
  },
  Mint: {
    draw: mint,
    colours: colours({
      leaf: "#58c79d",
      shade: "#38a67e",
      stem: "#2f8a69",
      light: "#86dfbb",
      bloom: "#d9c9f5",
      deep: "#b49ae6",
    }),
  },
  Lily: {
    draw: lily,
    colours: colours({ bloom: "#f9b4cf", deep: "#e2739f", light: "#fde6ee", heart: "#b9456f" }),
  },
  Bamboo: {
    draw: bamboo,
    colours: colours({
      leaf: "#79bd58",
      shade: "#579a41",
      stem: "#9ccb62",
      deep: "#86b952",
      light: "#d2ea9c",
    }),
  },
  Orchid: {
    draw: orchid,
    colours: colours({ bloom: "#d884e0", deep: "#a94db8", light: "#ebb6f0", heart: "#8b2f97" }),
  },
  Maple: {
    draw: maple,
    colours: colours({
      ...wood,
      bloom: "#e9692f",
      deep: "#c44a20",
      heart: "#f79747",
      light: "#ffbe63",
    }),
  },
  "Cherry Blossom": {
    draw: cherry,
    colours: colours({
      ...wood,
      bark: "#6d4c48",
      bloom: "#fbc3d5",
      deep: "#ec97b4",
      light: "#fff0f5",
      heart: "#d9668f",
    }),
  },
  Lotus: {
    draw: lotus,
    colours: colours({
      leaf: "#5fb38b",
      shade: "#418f6d",
      stem: "#4c9c72",
      bloom: "#f6a3c0",
      deep: "#e57ba3",
      light: "#fdd6e4",
      heart: "#f7cf57",
    }),
  },
  Bonsai: {
    draw: bonsai,
    colours: colours({ ...wood, leaf: "#4f9a5b", shade: "#357a47", light: "#84c27d" }),
  },
  Wisteria: {
    draw: wisteria,
    colours: colours({
      ...wood,
      bark: "#86705f",
      leaf: "#84bd78",
      shade: "#5f9c60",
      light: "#b5dc9b",
      bloom: "#b49df0",
      deep: "#8f74d8",
      heart: "#d5c7fb",
    }),
  },
  Baobab: {
    draw: baobab,
    colours: colours({
      bark: "#b98d68",
      stem: "#9a7150",
      leaf: "#8dbb58",
      shade: "#6a983f",
      light: "#b8db83",
      bloom: "#fff8ea",
    }),
  },
  "Ghost Orchid": {
    draw: ghostOrchid,
    colours: colours({
      leaf: "#7fb38f",
      shade: "#9aae9d",
      stem: "#8fb8a2",
      bark: "#77655a",
      bloom: "#f2fbf7",
      deep: "#5eae96",
      light: "#ffffff",
      heart: "#3fbf9c",
    }),
  },
  "World Tree": {
    draw: worldTree,
    colours: colours({
      leaf: "#35b3a2",
      shade: "#1f8d86",
      light: "#74d8c3",
      stem: "#5d4636",
      bark: "#7c5f49",
      bloom: "#ffe58a",
      deep: "#f5b93c",
      heart: "#ffd86b",
    }),
  },
};

const UNKNOWN: Species = { draw: daisy, colours: colours({}) };

/** The height of a plant at each stage, of its full height. */
const HEIGHT = [0, 0.3, 0.5, 0.68, 0.86, 1];
/** The opening of the bloom at each stage. */
const OPEN = [0, 0, 0, 0.4, 0.75, 1];

const seed = ({ stem }: Palette) =>
  oval(62, 117, 8.5, 6, stem, -24) +
  line("M57 116C59 112.5 63 111.5 66 113", "#fff", 1.8, 'opacity=".45"') +
  shape("M40 130C44 117 54 121 60 120 68 119 76 117 80 130Z", "var(--soil, #8a6a4d)");

const sprout = ({ leaf: green, shade, stem }: Palette) =>
  line("M60 128C59 118 61 110 60 104", stem, 3.6) +
  leaf(60, 106, 214, [22, 8.5], green, shade) +
  leaf(60, 105, -34, [25, 9.5], green, shade);

/** What stands above the soil, as SVG text in a box of 120 by 140. */
export function drawn(kind: string, stage: number, withered: boolean): string {
  const { colours: own, draw } = (Object.hasOwn(SPECIES, kind) && SPECIES[kind]) || UNKNOWN;
  const used = withered ? WITHERED : own;
  if (stage <= 0) return seed(used);
  if (stage === 1) return withered ? at(60, BASE, at(-60, -BASE, sprout(used)), 24) : sprout(used);
  const height = HEIGHT[stage] ?? 1;
  const plant = draw(used, { stage, open: OPEN[stage] ?? 1, withered });
  const placed = at(60 - 60 * height, BASE - BASE * height, plant, 0, height);
  return withered ? at(60, BASE, at(-60, -BASE, placed), 4) : placed;
}
