import { counted, locale, minutes, number } from "./counts";

const dated = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return (date: string) => format.format(new Date(`${date}T00:00:00Z`));
};
const states: Record<string, string> = {
  growing: "growing",
  grown: "grown",
  withered: "withered",
};
const plants = (n: number) => counted(n, { one: "# plant", other: "# plants" });
const day = dated({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const garden = {
  title: "Garden",
  tabs: { label: "Parts of the garden", month: "Month", year: "Year", collection: "Collection" },
  alt: (kind: string, state: string, stage: number) => `${kind}, ${state}, stage ${stage} of 5`,
  states,
  number: (n: number) => `No. ${number(n)}`,

  /** A day such as 2026-11-26, a month and a year as people read them. */
  day,
  month: dated({ month: "long", year: "numeric" }),
  year: dated({ year: "numeric" }),
  monthBefore: "The month before",
  monthAfter: "The month after",
  yearBefore: "The year before",
  yearAfter: "The year after",

  show: "Show as",
  picture: "Picture",
  list: "List",
  pictureOf: (month: string) => `The garden in ${month}`,
  howToMove: "The arrow keys go from plant to plant, Enter opens one.",
  plant: (kind: string, state: string, min: number, date: string) =>
    `${kind}, ${state}, ${minutes(min)}, ${day(date)}`,

  plants,
  count: number,
  withered: (n: number) => `${number(n)} withered`,
  focus: "of focus",
  days: (n: number) => counted(n, { one: "day with a plant", other: "days with a plant" }),

  firstTitle: "Your first plant will stand here",
  first: "Start a session and choose what to grow. It takes root in today's bed when you are done.",
  monthTitle: "Room to grow",
  pastTitle: "A month of rest",
  emptyMonth: "Nothing was planted this month yet.",
  emptyPast: "Nothing was planted in this month.",
  toFocus: "Start a session",
  more: "Older plants of this time are not drawn: there are too many of them.",

  card: {
    day: "Day",
    time: "Time",
    minutes: "Focus",
    label: "Label",
    note: "Note",
    noLabel: "none",
    open: "Open this day",
    withered: "It withered as tall as it stood. The soil remembers the attempt.",
    growing: "It grows as you focus.",
    timeSpan: (from: string, to: string) => `${from} to ${to}`,
  },

  forest: (year: string) => `The year ${year} as a forest`,
  forestHint: "Scroll through the year; a month opens when you choose it.",
  forestMonth: (n: number, focused: string) => (n === 0 ? "no plants" : `${plants(n)}, ${focused}`),

  level: (n: number) => `Level ${number(n)}`,
  xp: (have: number, need: number) => `${number(have)} of ${number(need)} XP`,
  toLevel: (n: number, focused: string) => `Level ${number(n)} in ${focused} of focus`,
  toSpecies: (kind: string, focused: string) => `${kind} in ${focused} of focus`,
  nextLevel: "Next level",
  nextSpecies: "Next species",
  allUnlocked: "You may plant every species there is.",

  unlockedOf: (have: number, all: number) => `${number(have)} of ${number(all)} species`,
  collectionLead: "Each level opens more. A minute of focus is a point.",
  locked: (level: number) => `Level ${number(level)}`,
  in: (focused: string) => `in ${focused}`,
  thisYear: (n: number) => counted(n, { one: "# grown this year", other: "# grown this year" }),
  notYet: "not grown this year",
  rarity: {
    common: "common",
    uncommon: "uncommon",
    rare: "rare",
    epic: "epic",
    legendary: "legendary",
  } as Record<string, string>,
};
