/** The colours of a species, and what time and drought make of them. */

export type Palette = {
  leaf: string;
  shade: string;
  stem: string;
  bark: string;
  bloom: string;
  deep: string;
  light: string;
  heart: string;
};

export type Growth = {
  /** From 2, when a species is told by its leaves, to 5. */
  stage: number;
  /** The opening of its bloom, 0 to 1. */
  open: number;
  withered: boolean;
};

export type Drawing = (colours: Palette, growth: Growth) => string;
export type Species = { colours: Palette; draw: Drawing };

const GREEN = { leaf: "#5fae6f", shade: "#43905a", stem: "#3d8354", bark: "#84634a" };

/** Colours of a species, green where it says nothing else. */
export const colours = (own: Partial<Palette>): Palette => ({
  ...GREEN,
  bloom: "#c9d6cc",
  deep: "#a3b5a8",
  light: "#e6eee8",
  heart: "#93a398",
  ...own,
});

export const WITHERED: Palette = {
  leaf: "#a8996f",
  shade: "#8d7f5a",
  stem: "#85744f",
  bark: "#786650",
  bloom: "#b3a07c",
  deep: "#93805f",
  light: "#c6b896",
  heart: "#74644a",
};
