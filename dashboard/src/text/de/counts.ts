import { localeOf, speaking } from "../speaking";

export const locale = localeOf("de", "de");
export const { number, counted } = speaking(locale);

export const minutes = (n: number) => counted(n, { one: "# Minute", other: "# Minuten" });
export const days = (n: number) => counted(n, { one: "# Tag", other: "# Tage" });
export const sessions = (n: number) => counted(n, { one: "# Sitzung", other: "# Sitzungen" });
const seconds = (n: number) => counted(n, { one: "# Sekunde", other: "# Sekunden" });
/** A pause as people count it. */
export const pause = (n: number) => (n < 60 ? seconds(n) : minutes(Math.ceil(n / 60)));

/** Lengths in short, and the two of one sentence. */
export const min = (n: number) => `${number(n)} min`;
export const hours = (n: number) => `${number(n)} h`;
export const hoursAndMin = (h: number, m: number) => `${hours(h)} ${min(m)}`;
