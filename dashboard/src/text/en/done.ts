import { counted, minutes, number } from "./counts";

export const done = {
  title: (n: number) => (n ? `${minutes(n)} of focus` : "A short one"),
  sentence: (n: number) => (n ? `${minutes(n)} of focus.` : "A short one."),
  timeIsUp: (n: number) => (n ? `Time is up: ${minutes(n)} of focus.` : "Time is up: a short one."),
  /** The line below the title: of a plan that ran out, or that was ended before. */
  whole: "Planned, and kept.",
  early: "Ended early, and every full minute counts.",
  ofOpen: "As long as it was good for.",
  nothing: "Under a minute: it is in your log, and counts nothing.",
  leftTitle: "Ended by itself",
  leftText: "An open session ends after 4 hours, and counts when you complete it before.",
  givenUpTitle: "Given up",
  givenUpText: "It happens, to everybody. The next one counts.",
  stays: (level: number, days: number) =>
    days === 0
      ? `You are still on level ${number(level)}, and everything that you grew stands.`
      : counted(days, {
          one: `You are still on level ${number(level)} with a streak of one day, and everything that you grew stands.`,
          other: `You are still on level ${number(level)} with a streak of # days, and everything that you grew stands.`,
        }),
  local:
    "This device kept the time, and the service saw none of it. It becomes an entry: it counts for you and your goals, and earns no XP and no plant.",
  localWaits: "It waits to be told.",
  localTold: "It is told: you find it in your history.",
  unheard: "The bell could not ring: your browser plays no sound before a click on the page.",
  rewards: "What it brought",
  xp: (n: number) => `+${number(n)} XP`,
  level: (n: number) => `Level ${number(n)}`,
  toLevel: (xp: number, level: number) => `${number(xp)} XP to level ${number(level)}`,
  levelUp: (n: number) => `You reached level ${number(n)}`,
  streak: (n: number) => counted(n, { one: "A streak of one day", other: "A streak of # days" }),
  noStreak: "Your streak begins with a minute",
  freezes: (n: number) =>
    counted(n, { one: "One freeze in reserve", other: "# freezes in reserve" }),
  marks: {
    focused: "focused",
    manual: "told, not timed",
    rest: "a day of rest",
    away: "away",
    frozen: "saved by a freeze",
    missed: "missed",
    open: "still open",
    none: "ahead",
  },
  day: (day: string, mark: string) => `${day}: ${mark}`,
  goal: "Today",
  goalOf: (told: number, goal: number) => `${number(told)} of ${minutes(goal)}`,
  goalMet: "Goal reached",
  noGoal: (n: number) => `${minutes(n)} today`,
  setGoal: "Set a goal",
  next: (kind: string, time: string) => `${kind} in ${time}`,
  nextLevel: (level: number) => `Opens at level ${number(level)}`,
  unlocked: (kind: string) => `${kind} is yours to plant`,
  unlockedText: "Opened by this session",
  allOpen: "Every species is open",
  note: "What did you get done?",
  notePlaceholder: "A line for your history, for your eyes alone",
  label: "Label",
  noLabel: "No label",
  save: "Save",
  saved: "Saved in your history.",
  breakFor: (time: string) => `Break ${time}`,
  rest: (n: number) => `The other ${number(n)} min`,
  another: (n: number) => `Another ${number(n)}`,
  anotherOpen: "Another open one",
  garden: "Garden",
  close: "Close",
  tomorrow: {
    grows: (n: number) =>
      counted(n, {
        one: "A session tomorrow begins a streak.",
        other: "A session tomorrow makes it # days.",
      }),
    holds: (day: string) => `Nothing is lost before ${day} ends.`,
    starts: "A minute today begins a streak.",
  },
};
