import { localeOf, speaking } from "../speaking";

export const locale = localeOf("ar", "ar-EG");
export const { number, counted } = speaking(locale);

export const minutes = (n: number) =>
  counted(n, {
    one: "دقيقة واحدة",
    two: "دقيقتان",
    few: "# دقائق",
    other: "# دقيقة",
  });
export const days = (n: number) =>
  counted(n, { one: "يوم واحد", two: "يومان", few: "# أيام", many: "# يومًا", other: "# يوم" });
export const sessions = (n: number) =>
  counted(n, { one: "جلسة واحدة", two: "جلستان", few: "# جلسات", other: "# جلسة" });
const seconds = (n: number) =>
  counted(n, { one: "ثانية واحدة", two: "ثانيتين", few: "# ثوانٍ", other: "# ثانية" });
/** A pause as people count it. */
export const pause = (n: number) => (n < 60 ? seconds(n) : minutes(Math.ceil(n / 60)));

/** Lengths in short, and the two of one sentence; a unit of one letter stays beside its number. */
export const min = (n: number) => `${number(n)}\u00a0د`;
export const hours = (n: number) => `${number(n)}\u00a0س`;
export const hoursAndMin = (h: number, m: number) => `${hours(h)} ${min(m)}`;
