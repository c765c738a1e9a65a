import { counted, locale, minutes, number } from "./counts";

const dated = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return (date: string) => format.format(new Date(`${date}T00:00:00Z`));
};
const states: Record<string, string> = {
  growing: "wächst",
  grown: "gewachsen",
  withered: "verwelkt",
};
const plants = (n: number) => counted(n, { one: "# Pflanze", other: "# Pflanzen" });
const day = dated({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const garden = {
  title: "Garten",
  tabs: { label: "Teile des Gartens", month: "Monat", year: "Jahr", collection: "Sammlung" },
  alt: (kind: string, state: string, stage: number) => `${kind}, ${state}, Stufe ${stage} von 5`,
  states,
  number: (n: number) => `Nr. ${number(n)}`,

  /** A day such as 2026-11-26, a month and a year as people read them. */
  day,
  month: dated({ month: "long", year: "numeric" }),
  year: dated({ year: "numeric" }),
  monthBefore: "Der Monat davor",
  monthAfter: "Der Monat danach",
  yearBefore: "Das Jahr davor",
  yearAfter: "Das Jahr danach",

  show: "Zeigen als",
  picture: "Bild",
  list: "Liste",
  pictureOf: (month: string) => `Der Garten im ${month}`,
  howToMove: "Die Pfeiltasten gehen von Pflanze zu Pflanze, Enter öffnet eine.",
  plant: (kind: string, state: string, min: number, date: string) =>
    `${kind}, ${state}, ${minutes(min)}, ${day(date)}`,

  plants,
  count: number,
  withered: (n: number) => `${number(n)} verwelkt`,
  focus: "Fokus",
  days: (n: number) =>
    counted(n, { one: "Tag mit einer Pflanze", other: "Tage mit einer Pflanze" }),

  firstTitle: "Hier wird deine erste Pflanze stehen",
  first:
    "Starte eine Sitzung und wähle, was wachsen soll. Es schlägt im heutigen Beet Wurzeln, wenn du fertig bist.",
  monthTitle: "Platz zum Wachsen",
  pastTitle: "Ein Monat Ruhe",
  emptyMonth: "In diesem Monat wurde noch nichts gepflanzt.",
  emptyPast: "Dieser Monat lag brach.",
  toFocus: "Sitzung starten",
  more: "Ältere Pflanzen dieser Zeit sind nicht gezeichnet: Es sind zu viele.",

  card: {
    day: "Tag",
    time: "Zeit",
    minutes: "Fokus",
    label: "Etikett",
    note: "Notiz",
    noLabel: "keines",
    open: "Diesen Tag öffnen",
    withered: "Sie verwelkte so groß, wie sie stand. Die Erde merkt sich den Versuch.",
    growing: "Sie wächst, während du fokussierst.",
    timeSpan: (from: string, to: string) => `${from} bis ${to}`,
  },

  forest: (year: string) => `Das Jahr ${year} als Wald`,
  forestHint: "Blättere durch das Jahr; ein Monat öffnet sich, wenn du ihn wählst.",
  forestMonth: (n: number, focused: string) =>
    n === 0 ? "keine Pflanzen" : `${plants(n)}, ${focused}`,

  level: (n: number) => `Stufe ${number(n)}`,
  xp: (have: number, need: number) => `${number(have)} von ${number(need)} XP`,
  toLevel: (n: number, focused: string) => `Stufe ${number(n)} in ${focused} Fokus`,
  toSpecies: (kind: string, focused: string) => `${kind} in ${focused} Fokus`,
  nextLevel: "Nächste Stufe",
  nextSpecies: "Nächste Art",
  allUnlocked: "Du darfst jede Art pflanzen, die es gibt.",

  unlockedOf: (have: number, all: number) => `${number(have)} von ${number(all)} Arten`,
  collectionLead: "Jede Stufe öffnet mehr. Eine Minute Fokus ist ein Punkt.",
  locked: (level: number) => `Stufe ${number(level)}`,
  in: (focused: string) => `in ${focused}`,
  thisYear: (n: number) =>
    counted(n, { one: "# in diesem Jahr gewachsen", other: "# in diesem Jahr gewachsen" }),
  notYet: "in diesem Jahr nicht gewachsen",
  rarity: {
    common: "häufig",
    uncommon: "ungewöhnlich",
    rare: "selten",
    epic: "sehr selten",
    legendary: "legendär",
  } as Record<string, string>,
};
