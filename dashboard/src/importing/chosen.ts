/** A file that was chosen, as far as the page reads it. */
import { text as told } from "../text";
import { isKnown, linesOf, MOST_BYTES, type Table, tableOf, textOf } from "./csv";

export type Chosen = {
  file: File;
  text: string;
  table: Table;
  lines: number;
  isKnown: boolean;
};

const words = told.importing.choose;

/** Read a file; what makes it none is thrown in words, before a byte is sent. */
export async function read(file: File): Promise<Chosen> {
  if (file.size > MOST_BYTES) throw new Error(words.tooLarge);
  const text = textOf(new Uint8Array(await file.arrayBuffer()));
  if (text === null) throw new Error(words.notText);
  if (text.trim() === "") throw new Error(words.empty);
  const table = tableOf(text);
  const lines = linesOf(text.trimEnd()).length;
  return { file, text, table, lines, isKnown: isKnown(table.header) };
}
