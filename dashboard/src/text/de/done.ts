import { counted, minutes, number } from "./counts";

export const done = {
  title: (n: number) => (n ? `${minutes(n)} Fokus` : "Eine kurze"),
  sentence: (n: number) => (n ? `${minutes(n)} Fokus.` : "Eine kurze."),
  timeIsUp: (n: number) =>
    n ? `Die Zeit ist um: ${minutes(n)} Fokus.` : "Die Zeit ist um: eine kurze.",
  whole: "Vorgenommen und gehalten.",
  early: "Früher beendet, und jede volle Minute zählt.",
  ofOpen: "So lange, wie es gut war.",
  nothing: "Unter einer Minute: Sie steht im Verlauf und zählt nicht.",
  leftTitle: "Von selbst beendet",
  leftText: "Eine offene Sitzung endet nach 4 Stunden und zählt, wenn du sie vorher abschließt.",
  givenUpTitle: "Aufgegeben",
  givenUpText: "Das passiert allen. Die nächste zählt.",
  stays: (level: number, days: number) =>
    days === 0
      ? `Du bist weiter auf Stufe ${number(level)}, und alles, was du gezogen hast, steht.`
      : counted(days, {
          one: `Du bist weiter auf Stufe ${number(level)} mit einer Serie von einem Tag, und alles, was du gezogen hast, steht.`,
          other: `Du bist weiter auf Stufe ${number(level)} mit einer Serie von # Tagen, und alles, was du gezogen hast, steht.`,
        }),
  local:
    "Dieses Gerät hat die Zeit gemessen, der Dienst hat nichts davon gesehen. Sie wird ein Eintrag: Er zählt für dich und deine Ziele und bringt weder XP noch eine Pflanze.",
  localWaits: "Sie wartet darauf, nachgetragen zu werden.",
  localTold: "Sie ist nachgetragen: Du findest sie in deinem Verlauf.",
  unheard:
    "Die Glocke konnte nicht läuten: Dein Browser spielt vor einem Klick auf die Seite keinen Ton.",
  rewards: "Was es gebracht hat",
  xp: (n: number) => `+${number(n)} XP`,
  level: (n: number) => `Stufe ${number(n)}`,
  toLevel: (xp: number, level: number) => `${number(xp)} XP bis Stufe ${number(level)}`,
  levelUp: (n: number) => `Du hast Stufe ${number(n)} erreicht`,
  streak: (n: number) =>
    counted(n, { one: "Eine Serie von einem Tag", other: "Eine Serie von # Tagen" }),
  noStreak: "Deine Serie beginnt mit einer Minute",
  freezes: (n: number) => counted(n, { one: "Ein Joker in Reserve", other: "# Joker in Reserve" }),
  marks: {
    focused: "fokussiert",
    manual: "erzählt, nicht gemessen",
    rest: "Ruhetag",
    away: "weg",
    frozen: "vom Joker gerettet",
    missed: "verpasst",
    open: "noch offen",
    none: "kommt noch",
  },
  day: (day: string, mark: string) => `${day}: ${mark}`,
  goal: "Heute",
  goalOf: (told: number, goal: number) => `${number(told)} von ${minutes(goal)}`,
  goalMet: "Ziel erreicht",
  noGoal: (n: number) => `${minutes(n)} heute`,
  setGoal: "Ziel setzen",
  next: (kind: string, time: string) => `${kind} in ${time}`,
  nextLevel: (level: number) => `Öffnet sich auf Stufe ${number(level)}`,
  unlocked: (kind: string) => `${kind}: Du darfst sie pflanzen`,
  unlockedText: "Durch diese Sitzung geöffnet",
  allOpen: "Alle Arten sind offen",
  note: "Was hast du geschafft?",
  notePlaceholder: "Eine Zeile für deinen Verlauf, nur für dich",
  label: "Etikett",
  noLabel: "Kein Etikett",
  save: "Speichern",
  saved: "In deinem Verlauf gespeichert.",
  breakFor: (time: string) => `Pause ${time}`,
  rest: (n: number) => `Die anderen ${number(n)} min`,
  another: (n: number) => `Noch ${number(n)}`,
  anotherOpen: "Noch eine offene",
  garden: "Garten",
  close: "Schließen",
  tomorrow: {
    grows: (n: number) =>
      counted(n, {
        one: "Eine Sitzung morgen beginnt eine Serie.",
        other: "Eine Sitzung morgen macht daraus # Tage.",
      }),
    holds: (day: string) => `Nichts geht verloren, bevor ${day} endet.`,
    starts: "Eine Minute heute beginnt eine Serie.",
  },
};
