import { localeOf, speaking } from "../speaking";

export const locale = localeOf("en", "en");
export const { number, counted } = speaking(locale);

export const minutes = (n: number) => counted(n, { one: "# minute", other: "# minutes" });
export const days = (n: number) => counted(n, { one: "# day", other: "# days" });
export const sessions = (n: number) => counted(n, { one: "# session", other: "# sessions" });
const seconds = (n: number) => counted(n, { one: "# second", other: "# seconds" });
/** A pause as people count it. */
export const pause = (n: number) => (n < 60 ? seconds(n) : minutes(Math.ceil(n / 60)));

/** Lengths in short, and the two of one sentence. */
export const min = (n: number) => `${number(n)} min`;
export const hours = (n: number) => `${number(n)} h`;
export const hoursAndMin = (h: number, m: number) => `${hours(h)} ${min(m)}`;
