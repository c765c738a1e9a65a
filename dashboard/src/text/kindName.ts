import { text } from ".";

/** The name of a species in the language of the page. */
export const kindName = (kind: string): string => text.species[kind] ?? kind;
