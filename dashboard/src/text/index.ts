/** Every sentence that people read: an object of one type for each language. */
import type { en } from "./en";
import type { pages } from "./en/pages";
import type { ways } from "./en/ways";

/**
 * What the frame and Today say, what the pages that are loaded later say, and what the ways in
 * beside the password do.
 */
export type FirstText = typeof en;
export type PagesText = typeof pages;
export type WaysText = typeof ways;
export type Text = FirstText & PagesText & { ways: WaysText };

/** The text of this page, set before any module that reads it is loaded. */
export let text: Text;

/** Set the text of the first page; that of the others is added by addText. */
export const setText = (first: FirstText) => {
  text = first as Text;
};

export const addText = (pages: PagesText) => {
  Object.assign(text, pages);
};

export const addWays = (ways: WaysText) => {
  Object.assign(text, { ways });
  Object.assign(text.refusals, ways.refusals);
};
