import { minutes, number } from "../counts";

export const welcome = {
  title: "أهلًا بك",
  step: (n: number, all: number) => `الخطوة ${number(n)} من ${number(all)}`,
  skipAll: "تخطَّ وابدأ",
  skip: "تخطَّ هذه",
  zone: {
    title: (name: string) => `مرحبًا ${name}. أين يبدأ يومك؟`,
    lead: "الدقائق والأهداف والسلاسل تتبع منتصف ليلك أنت.",
    now: (time: string) => `الساعة هناك الآن ${time}.`,
    yes: "هذا وقتي",
    other: "منطقة أخرى",
  },
  goal: {
    title: "ما اليوم الجيد عندك؟",
    lead: "تُغلق حلقة عندما تركز هذا القدر. يسري الهدف من اليوم ويمكن تغييره.",
    of: minutes,
    kinds: ["خطوة أولى", "عادة ثابتة", "صباح عميق", "كل شيء"],
  },
  plant: {
    title: "ماذا ستزرع أولًا؟",
    lead: "تنمو وأنت تركز، ويُفتح المزيد مع كل مستوى.",
    start: "ازرعها وابدأ",
  },
};
