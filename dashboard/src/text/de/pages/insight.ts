import { counted, days, minutes, number, sessions } from "../counts";

const onDays = (n: number) => counted(n, { one: "einem Tag", other: "# Tagen" });

export const insight = {
  title: "Einblick",
  ranges: "Der letzten",
  range: (n: number) => (n === 365 ? "Jahr" : days(n)),

  /** What the charts are made of. */
  focus: "Fokus",
  told: "Nachgetragen",
  rest: "Der Rest der Woche",
  mean: (time: string) => `Mittel ${time}`,
  goal: (time: string) => `Ziel ${time}`,
  openDay: "Tag öffnen",
  asTable: "Als Tabelle",
  chart: (what: string, n: number) => `${what}: zusammen ${minutes(n)}.`,
  keys: "Die Pfeiltasten gehen von einem zum nächsten.",
  focusLine: (time: string) => `${time} Fokus`,
  toldLine: (time: string) => `${time} nachgetragen`,
  nothing: "Nichts",
  goalMet: (time: string) => `Ziel von ${time}: erreicht`,
  goalOpen: (time: string) => `Ziel von ${time}: nicht erreicht`,
  none: "–",

  /** The headline, in words. */
  bestDay: (day: string, time: string) => `${day} war dein bester Tag: ${time}`,
  bestWeek: (day: string, time: string) => `Die Woche ab ${day} war deine beste: ${time}`,
  quietRange: "Hier ist noch nichts. Die nächste Sitzung macht den Anfang.",
  inRange: (time: string, n: number) =>
    `${time} in ${counted(n, { one: "# Sitzung", other: "# Sitzungen" })}`,
  ofItTold: (time: string) => `und ${time} nachgetragen`,
  aDay: (time: string) => `${time} am Tag`,
  goals: (met: number, asked: number) => `Ziel erreicht an ${number(met)} von ${onDays(asked)}`,

  days: "Minuten am Tag",
  weeksOfYear: "Minuten in der Woche",
  day: "Tag",
  week: "Woche ab",
  month: "Monat",
  minutesHead: "Minuten",
  toldHead: "Nachgetragen",
  goalHead: "Ziel",
  sessionsHead: "Sitzungen",
  change: "Änderung",
  yes: "erreicht",
  no: "nicht erreicht",

  compared: "Woche für Woche",
  same: (day: string) => `Bis ${day}`,
  sameHead: "Bis zum selben Tag",
  ahead: (time: string) => `${time} vor der letzten Woche am selben Tag`,
  behind: (time: string) => `${time} hinter der letzten Woche am selben Tag`,
  level: "Gleichauf mit der letzten Woche am selben Tag",
  firstWeekOfTwo: "Die letzte Woche hatte nichts zum Vergleichen.",
  weekOf: (day: string) => `Woche ab ${day}`,

  months: "Monat für Monat",
  monthChange: (change: string) => `${change} gegenüber denselben Tagen des letzten Monats`,
  monthAlone: "Der letzte Monat hatte nichts zum Vergleichen.",
  changeLine: (change: string) => `${change} gegenüber dem Monat davor`,

  hours: "Nach Stunde",
  hour: "Stunde",
  bestHours: (from: string, to: string) => `Das meiste beginnt zwischen ${from} und ${to}`,
  hoursHint: "Nach der Stunde, in der eine Sitzung begann. Nachgetragenes hat keine.",
  hourName: (from: string, to: string) => `${from} bis ${to}`,

  labels: "Nach Etikett",
  label: "Etikett",
  noLabel: "Kein Etikett",
  share: "Anteil",
  mostLabel: (label: string, part: string) => `${label} hat ${part} davon`,
  labelsHint: "Gib einer Sitzung ein Etikett, und sieh hier, wohin deine Stunden gehen.",
  noLabels: "Keine Sitzung dieser Tage hat ein Etikett.",

  year: "Ein Jahr",
  yearTotal: (time: string, n: number) => `${time} an ${onDays(n)}`,
  yearEmpty: "Deine erste Sitzung lässt das erste Feld leuchten.",
  less: "weniger",
  more: "mehr",
  heat: (from: number, to: number | null) =>
    to === null ? `${number(from)} min und mehr` : `${number(from)} bis ${number(to)} min`,

  totals: "Alles zusammen",
  total: "Fokus",
  count: "Sitzungen",
  streak: "Serie",
  best: "Längste",
  alive: (when: string, zone: string) =>
    `Deine Serie lebt bis ${when} (${zone}): Eine Minute Fokus hält sie.`,
  safe: "Deine Serie ist für heute sicher.",
  dayOff: "Heute ist frei: Deine Serie wartet auf dich.",
  noStreak: "Eine Minute Fokus heute beginnt eine Serie.",

  firstTitle: "Deine erste Woche",
  firstNone: "Hier wirst du sehen, wohin deine Stunden gehen",
  firstNoneText: "Eine Sitzung genügt für den Anfang: Sie lässt unten das erste Feld leuchten.",
  firstText: (n: number) =>
    counted(n, {
      one: "Ein Tag Fokus bisher. Der erste ist der schwerste, und er ist geschafft.",
      other: "# Tage Fokus bisher. Sie ergeben schon ein Bild.",
    }),
  firstNext: (day: string) => `Ab ${day} stehen hier Wochen, Monate und Mittelwerte.`,
  toFocus: "Sitzung starten",

  shareButton: "Woche teilen",
  sharing: {
    title: "Ein Bild deiner Woche",
    text: "Es entsteht auf diesem Gerät. Es zeigt deine Tage und Minuten und sonst nichts, was du nicht wählst.",
    showName: (name: string) => `Mit meinem Namen (${name})`,
    showLink: (host: string) => `Mit einem Link (${host})`,
    dark: "Dunkel",
    which: "Welche Woche",
    thisWeek: "Diese Woche",
    lastWeek: "Letzte Woche",
    alt: "Das Bild, wie es geteilt wird",
    share: "Teilen",
    save: "Als PNG speichern",
    saved: "Gespeichert.",
    failed: "Dieser Browser konnte es nicht zeichnen.",
    fileName: (week: string) => `fokus-woche-${week}.png`,
  },
  /** The words in the picture. */
  picture: {
    heading: "Eine Woche Fokus",
    empty: "Eine Woche Ruhe",
    sessions,
    streak: (n: number) => counted(n, { one: "# Tag in Folge", other: "# Tage in Folge" }),
    told: (time: string) => `und ${time} nachgetragen`,
    best: (day: string, time: string) => `Bester Tag: ${day}, ${time}`,
    quiet: "Der Boden ruht. Der nächste Samen ist deiner.",
    by: "mit FocusGuard gemacht",
  },
};
