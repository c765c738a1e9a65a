import { counted, number } from "../counts";

export const boards = {
  title: "Ranglisten",
  lead: (n: number) =>
    counted(n, { one: "Eine Person hat einen Rang.", other: "# Personen haben einen Rang." }),
  kinds: {
    xp: "XP",
    "focus-time": "Fokuszeit",
    streak: "Beste Serie",
    sessions: "Sitzungen",
  },
  rank: "Rang",
  person: "Person",
  levelOf: (n: number) => `Stufe ${number(n)}`,
  medals: ["Gold", "Silber", "Bronze"],
  between: (n: number) => counted(n, { one: "ein Platz dazwischen", other: "# Plätze dazwischen" }),
  placeOf: (rank: number, total: number) => `Platz ${number(rank)} von ${number(total)}`,
  yourPlace: "Dein Platz",
  xp: (n: string) => `${n} XP`,
  sessionCount: (n: number) => counted(n, { one: "# Sitzung", other: "# Sitzungen" }),
  toNext: (gap: string, name: string) => `${gap}, um ${name} einzuholen`,
  isFirst: "Niemand ist vor dir.",
  you: "du",
  tie: "geteilt",
  unranked: "Du hast noch keinen Rang: Eine Minute Fokus gibt dir einen.",
  hidden:
    "Du bist auf den Ranglisten verborgen. Andere sehen dich nicht; dein Rang ist nur für dich.",
  unconfirmed: (address: string) =>
    `Du stehst noch auf keiner Rangliste: Dafür braucht es eine bestätigte Adresse. Folge dem Link in unserer Mail an ${address}; bis dahin ist dein Rang nur für dich.`,
  toAddress: "Andere Adresse",
  emptyTitle: "Noch niemand",
  empty: "Die erste Minute Fokus bekommt den ersten Platz.",
};
