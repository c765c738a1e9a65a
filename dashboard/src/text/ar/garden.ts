import { counted, locale, minutes, number } from "./counts";

const dated = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return (date: string) => format.format(new Date(`${date}T00:00:00Z`));
};
const states: Record<string, string> = {
  growing: "تنمو",
  grown: "نمت",
  withered: "ذبلت",
};
const plants = (n: number) =>
  counted(n, { one: "نبتة واحدة", two: "نبتتان", few: "# نبتات", other: "# نبتة" });
const day = dated({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const garden = {
  title: "الحديقة",
  tabs: { label: "أقسام الحديقة", month: "الشهر", year: "السنة", collection: "المجموعة" },
  alt: (kind: string, state: string, stage: number) =>
    `${kind}، ${state}، المرحلة ${number(stage)} من ${number(5)}`,
  states,
  number: (n: number) => `رقم ${number(n)}`,

  /** A day such as 2026-11-26, a month and a year as people read them. */
  day,
  month: dated({ month: "long", year: "numeric" }),
  year: dated({ year: "numeric" }),
  monthBefore: "الشهر السابق",
  monthAfter: "الشهر التالي",
  yearBefore: "السنة السابقة",
  yearAfter: "السنة التالية",

  show: "اعرض",
  picture: "صورة",
  list: "قائمة",
  pictureOf: (month: string) => `الحديقة في ${month}`,
  howToMove: "مفاتيح الأسهم تنتقل من نبتة إلى نبتة، وEnter يفتح واحدة.",
  plant: (kind: string, state: string, min: number, date: string) =>
    `${kind}، ${state}، ${minutes(min)}، ${day(date)}`,

  plants,
  count: number,
  withered: (n: number) => `ذبلت ${number(n)}`,
  focus: "من التركيز",
  days: (n: number) => counted(n, { few: "أيام فيها نبتة", other: "يوم فيه نبتة" }),

  firstTitle: "هنا ستقف نبتتك الأولى",
  first: "ابدأ جلسة واختر ما تزرع، فيضرب جذوره في حوض اليوم عندما تنتهي.",
  monthTitle: "متسع للنمو",
  pastTitle: "شهر من الراحة",
  emptyMonth: "لم يُزرع شيء هذا الشهر بعد.",
  emptyPast: "بقي هذا الشهر بورًا.",
  toFocus: "ابدأ جلسة",
  more: "لم تُرسم نباتات أقدم من هذه الفترة: عددها كبير جدًا.",

  card: {
    day: "اليوم",
    time: "الوقت",
    minutes: "التركيز",
    label: "الوسم",
    note: "ملاحظة",
    noLabel: "بلا وسم",
    open: "افتح هذا اليوم",
    withered: "ذبلت بالطول الذي بلغته. والتربة تتذكر المحاولة.",
    growing: "تنمو وأنت تركز.",
    timeSpan: (from: string, to: string) => `من ${from} إلى ${to}`,
  },

  forest: (year: string) => `سنة ${year} غابةً`,
  forestHint: "مرّر عبر السنة؛ يُفتح الشهر عندما تختاره.",
  forestMonth: (n: number, focused: string) => (n === 0 ? "لا نباتات" : `${plants(n)}، ${focused}`),

  level: (n: number) => `المستوى ${number(n)}`,
  xp: (have: number, need: number) => `${number(have)} من ${number(need)} XP`,
  toLevel: (n: number, focused: string) => `المستوى ${number(n)} بعد ${focused} من التركيز`,
  toSpecies: (kind: string, focused: string) => `${kind} بعد ${focused} من التركيز`,
  nextLevel: "المستوى التالي",
  nextSpecies: "النوع التالي",
  allUnlocked: "بوسعك زراعة كل الأنواع.",

  unlockedOf: (have: number, all: number) => `${number(have)} من ${number(all)} نوعًا`,
  collectionLead: "كل مستوى يفتح المزيد. ودقيقة التركيز نقطة.",
  locked: (level: number) => `المستوى ${number(level)}`,
  in: (focused: string) => `بعد ${focused}`,
  thisYear: (n: number) => `نمت هذه السنة: ${number(n)}`,
  notYet: "لم تنمُ هذه السنة",
  rarity: {
    common: "شائع",
    uncommon: "غير شائع",
    rare: "نادر",
    epic: "نادر جدًا",
    legendary: "أسطوري",
  } as Record<string, string>,
};
