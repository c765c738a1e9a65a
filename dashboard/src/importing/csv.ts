/** A file as far as the page reads it: its text, its first rows, and names for its columns. */

export const MOST_BYTES = 2 * 1024 * 1024;
const DELIMITERS = [",", ";", "\t", "|"] as const;
/** The header that each program writes, by the names that tell it, as the service knows them. */
const KNOWN = [
  "start time, end time, is success",
  "start date, start time, end date, end time",
  "start date, start time, stop date, stop time",
  "start date, start time, duration",
  "date, worked",
  "date, start, end",
  "date, minutes",
  "start, end",
  "start, minutes",
].map((group) => group.split(", "));

/** The text of a file; null where it is none. */
export function textOf(bytes: Uint8Array<ArrayBuffer>): string | null {
  const mark = [...bytes.subarray(0, 2)].join();
  const encoding = { "255,254": "utf-16le", "254,255": "utf-16be" }[mark] ?? "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

export type Table = {
  delimiter: string;
  header: string[];
  /** The first rows below the header. */
  rows: string[][];
  /** Where the header begins and ends in the text. */
  from: number;
  to: number;
};

/** The header and the first rows of a text, by the delimiter that makes most columns. */
export function tableOf(text: string, most = 3): Table {
  // What spreadsheets write before the header to tell the delimiter.
  const from = /^sep=.?\r?\n/i.exec(text)?.[0].length ?? 0;
  const tables = DELIMITERS.map((delimiter) => {
    const [header = { cells: [], end: from }, ...rows] = recordsOf(text, delimiter, from, most + 1);
    const cells = rows.map((row) => row.cells);
    return { delimiter, header: header.cells, rows: cells, from, to: header.end };
  });
  return tables.reduce((best, table) => (table.header.length > best.header.length ? table : best));
}

/** The first records of a text, each with where it ends; a quoted cell may have line ends. */
function recordsOf(text: string, delimiter: string, from: number, most: number) {
  const records: { cells: string[]; end: number }[] = [];
  let cells = [""];
  let isQuoted = false;
  const add = (letter: string) => cells.push((cells.pop() ?? "") + letter);
  for (let at = from; at <= text.length && records.length < most; at++) {
    const letter = text[at];
    if (letter === '"') {
      if (isQuoted && text[at + 1] === '"') add(text[++at] ?? "");
      else isQuoted = !isQuoted;
    } else if (isQuoted && letter !== undefined) add(letter);
    else if (letter === delimiter) cells.push("");
    else if (letter === undefined || letter === "\n" || letter === "\r") {
      if (cells.some((cell) => cell.trim() !== "")) records.push({ cells, end: at });
      cells = [""];
      isQuoted = false;
    } else add(letter);
  }
  return records;
}

const plain = (name: string) => name.toLowerCase().trim().replace(/\s+/g, " ");

/** True where the service tells by the header who wrote the file. */
export function isKnown(header: string[]): boolean {
  const names = new Set(header.map(plain));
  return KNOWN.some((group) => group.every((name) => names.has(name)));
}

export const ROLES = ["start", "end", "date", "minutes", "label", "note"] as const;
export type Role = (typeof ROLES)[number];

const GUESSES: [Role, RegExp][] = [
  ["start", /^(start|begin|from|von|beginn)/],
  ["end", /^(end|stop|finish|to$|until|bis)/],
  ["date", /\b(date|day|datum|tag)\b/],
  ["minutes", /(min|duration|length|dauer)/],
  ["label", /(label|project|tag|category|projekt)/],
  ["note", /(note|description|task|title|comment)/],
];

/** What each column may be, by its name; a role is given once. */
export function guessedRoles(header: string[]): (Role | null)[] {
  const given = new Set<Role>();
  return header.map((name) => {
    const found = GUESSES.find(([role, names]) => !given.has(role) && names.test(plain(name)));
    if (!found) return null;
    given.add(found[0]);
    return found[0];
  });
}

/** True where the columns say when and how long. */
export function isEnough(roles: (Role | null)[]): boolean {
  const has = (...wanted: Role[]) => wanted.every((role) => roles.includes(role));
  return has("start", "end") || has("start", "minutes") || has("date", "minutes");
}

/** The text with a header that the service knows, and its rows as they were. */
export function withRoles(text: string, table: Table, roles: (Role | null)[]): string {
  // A column that is not needed gets a name that means nothing to anybody.
  const names = table.header.map((_, n) => roles[n] ?? `column ${n + 1}`);
  return names.join(table.delimiter) + text.slice(table.to);
}

/** A date of the text that can be read in two ways, with both of them. */
export function ambiguousDate(text: string) {
  for (const [written, first = "", , second = "", year = ""] of text.matchAll(
    /\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b/g,
  )) {
    const isBoth = [first, second].every((n) => Number(n) >= 1 && Number(n) <= 12);
    if (!isBoth || Number(first) === Number(second)) continue;
    const [one, other] = [first.padStart(2, "0"), second.padStart(2, "0")];
    return {
      written,
      day_first: `${year}-${other}-${one}`,
      month_first: `${year}-${one}-${other}`,
    };
  }
  return null;
}

export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);
