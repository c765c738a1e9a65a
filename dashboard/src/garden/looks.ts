/** Colours and forms of the 19 species; the API has their names and levels. */

export type PlantForm =
  | "rose"
  | "tulip"
  | "daisy"
  | "lily"
  | "orchid"
  | "spike"
  | "fern"
  | "mint"
  | "cactus"
  | "bamboo"
  | "lotus"
  | "tree"
  | "bonsai"
  | "wisteria"
  | "baobab"
  | "world";

export type Look = { form: PlantForm; leaf: string; stem: string; bloom: string; heart: string };

const green = { leaf: "#4f9d69", stem: "#3f7d54" };
const wood = { leaf: "#5f9f5b", stem: "#7b5a3f" };

export const LOOKS: Record<string, Look> = {
  Rose: { form: "rose", ...green, bloom: "#d64562", heart: "#a82843" },
  Tulip: { form: "tulip", ...green, bloom: "#ee7b4d", heart: "#d65a2c" },
  Daisy: { form: "daisy", ...green, bloom: "#f7f4ec", heart: "#f0b429" },
  Sunflower: { form: "daisy", ...green, bloom: "#f4b728", heart: "#6b4423" },
  Fern: { form: "fern", leaf: "#3f8f5f", stem: "#2f6b47", bloom: "#3f8f5f", heart: "#3f8f5f" },
  Cactus: { form: "cactus", leaf: "#5a9a6e", stem: "#47805a", bloom: "#ef6f9b", heart: "#f7c3d6" },
  Lavender: { form: "spike", leaf: "#87a88a", stem: "#6d9071", bloom: "#8f78c8", heart: "#7259b3" },
  Mint: { form: "mint", leaf: "#57b894", stem: "#3b8f70", bloom: "#e9e4f5", heart: "#57b894" },
  Lily: { form: "lily", ...green, bloom: "#f6c9d8", heart: "#c8537f" },
  Bamboo: { form: "bamboo", leaf: "#7fb356", stem: "#8fbf5f", bloom: "#7fb356", heart: "#6a9a45" },
  Orchid: { form: "orchid", ...green, bloom: "#c86bc9", heart: "#7d2f86" },
  Maple: { form: "tree", ...wood, leaf: "#d9622b", bloom: "#c24a1c", heart: "#eb8a3c" },
  "Cherry Blossom": { form: "tree", ...wood, leaf: "#f4b6c8", bloom: "#fadbe4", heart: "#e88aa8" },
  Lotus: { form: "lotus", leaf: "#4f9d7d", stem: "#3f7d64", bloom: "#f2a4bf", heart: "#f6d365" },
  Bonsai: { form: "bonsai", ...wood, leaf: "#3f7f4c", bloom: "#56985f", heart: "#2f653b" },
  Wisteria: { form: "wisteria", ...wood, leaf: "#7fae74", bloom: "#a48be0", heart: "#8468c9" },
  Baobab: { form: "baobab", leaf: "#7fa650", stem: "#9c7553", bloom: "#94b964", heart: "#6b9140" },
  "Ghost Orchid": {
    form: "orchid",
    leaf: "#8fa99b",
    stem: "#7b9487",
    bloom: "#e9f3ef",
    heart: "#b9d5c9",
  },
  "World Tree": {
    form: "world",
    leaf: "#2f9e8f",
    stem: "#6d5340",
    bloom: "#f7dc6f",
    heart: "#57c7b4",
  },
};

const UNKNOWN: Look = { form: "daisy", ...green, bloom: "#c9d6cc", heart: "#93a398" };
const WITHERED = { leaf: "#8d8468", stem: "#7a6a50", bloom: "#a59679", heart: "#86775c" };

export function lookOf(kind: string, withered: boolean): Look {
  const look = LOOKS[kind] ?? UNKNOWN;
  return withered ? { ...look, ...WITHERED } : look;
}
