import { counted, minutes } from "./counts";

/** The sentences about the network: what is kept, what waits, what is newer. */
export const offline = {
  mark: "غير متصل",
  markHint: "محفوظ على هذا الجهاز حتى تعود الشبكة.",
  page: "تأتي هذه الصفحة عندما تعود الشبكة.",
  newer: "هناك نسخة أحدث.",
  takeNewer: "حمّلها",
  unverified: "لم يُتحقق منها بعد.",
  unverifiedHint: "يحسب هذا الجهاز الوقت حتى تعود الشبكة.",
  waits: (count: number) =>
    counted(count, {
      one: "شيء واحد ينتظر",
      two: "شيئان ينتظران",
      few: "# أشياء تنتظر",
      other: "# شيئًا ينتظر",
    }),
  end: "نهاية جلسة",
  givenUp: "جلسة تُركت",
  plant: (name: string) => `نبتة: ${name}`,
  entry: (count: number) => `إضافة: ${minutes(count)}`,
  start: (count: number) => `جلسة، حتى الآن ${minutes(count)}`,
  since: (time: string) => `منذ ${time}`,
  sending: "يُرسل.",
  kept: "محفوظ، حتى لو أغلقت هذه الصفحة.",
  keptHere: "هذا المتصفح لا يحفظ شيئًا لـ FocusGuard: اترك هذه الصفحة مفتوحة.",
  sendNow: "أرسل الآن",
  entryKept: (count: number) => `لا اتصال: إضافتك (${minutes(count)}) محفوظة وتُرسل لاحقًا.`,
  notTold: (count: number, why: string) => `تعذرت إضافة ${minutes(count)} بلا شبكة: ${why}`,
};
