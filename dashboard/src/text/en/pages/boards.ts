import { counted, number } from "../counts";

export const boards = {
  title: "Boards",
  lead: (n: number) => counted(n, { one: "One person is ranked.", other: "# people are ranked." }),
  kinds: {
    xp: "XP",
    "focus-time": "Focus time",
    streak: "Best streak",
    sessions: "Sessions",
  },
  rank: "Rank",
  person: "Person",
  levelOf: (n: number) => `Level ${number(n)}`,
  medals: ["Gold", "Silver", "Bronze"],
  between: (n: number) => counted(n, { one: "one place between", other: "# places between" }),
  placeOf: (rank: number, total: number) => `No. ${number(rank)} of ${number(total)}`,
  yourPlace: "Your place",
  xp: (n: string) => `${n} XP`,
  sessionCount: (n: number) => counted(n, { one: "# session", other: "# sessions" }),
  toNext: (gap: string, name: string) => `${gap} to catch up with ${name}`,
  isFirst: "Nobody is ahead of you.",
  you: "you",
  tie: "shared",
  unranked: "You are not ranked yet: a minute of focus gives you a rank.",
  hidden: "You are hidden from the boards. Others do not see you; your rank is for you alone.",
  unconfirmed: (address: string) =>
    `You are on no board yet: it takes a confirmed address. Follow the link in our mail to ${address}; until then your rank is for you alone.`,
  toAddress: "Another address",
  emptyTitle: "Nobody yet",
  empty: "The first minute of focus takes the first place.",
};
