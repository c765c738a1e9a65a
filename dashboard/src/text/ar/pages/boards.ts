import { counted, number, sessions } from "../counts";

export const boards = {
  title: "الترتيب",
  lead: (n: number) =>
    counted(n, {
      zero: "لا أحد في الترتيب.",
      one: "شخص واحد في الترتيب.",
      two: "شخصان في الترتيب.",
      few: "# أشخاص في الترتيب.",
      many: "# شخصًا في الترتيب.",
      other: "# شخص في الترتيب.",
    }),
  kinds: {
    xp: "XP",
    "focus-time": "وقت التركيز",
    streak: "أفضل سلسلة",
    sessions: "الجلسات",
  },
  rank: "المرتبة",
  person: "الشخص",
  levelOf: (n: number) => `المستوى ${number(n)}`,
  medals: ["ذهبية", "فضية", "برونزية"],
  between: (n: number) =>
    counted(n, {
      one: "بينهما مرتبة واحدة",
      two: "بينهما مرتبتان",
      few: "بينهما # مراتب",
      other: "بينهما # مرتبة",
    }),
  placeOf: (rank: number, total: number) => `المرتبة ${number(rank)} من ${number(total)}`,
  yourPlace: "مرتبتك",
  xp: (n: string) => `${n} XP`,
  sessionCount: sessions,
  toNext: (gap: string, name: string) => `${gap} للحاق بـ ${name}`,
  isFirst: "لا أحد أمامك.",
  you: "أنت",
  tie: "مشتركة",
  unranked: "لا مرتبة لك بعد: دقيقة تركيز تمنحك واحدة.",
  hidden: "أنت مخفي من الترتيب. لا يراك الآخرون، ومرتبتك لك وحدك.",
  unconfirmed: (address: string) =>
    `لست في الترتيب بعد: يلزم عنوان مؤكد. افتح الرابط في رسالتنا إلى ${address}؛ وحتى ذلك الحين مرتبتك لك وحدك.`,
  toAddress: "عنوان آخر",
  emptyTitle: "لا أحد بعد",
  empty: "أول دقيقة تركيز تأخذ المركز الأول.",
};
