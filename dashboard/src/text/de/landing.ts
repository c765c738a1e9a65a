import { min, minutes, number } from "./counts";

/** The sentences of the page for people without an account. */
export const landing = {
  short: "der Fokus-Timer, aus dem ein Garten wächst",
  title: "Bleib dran, und es wächst.",
  lead: "FocusGuard ist ein Fokus-Timer. Jede Sitzung lässt eine Pflanze wachsen, jeder Tag hält deine Serie, und die Minuten zählt der Server: Niemand kann schummeln.",
  account: "Konto",
  signUp: "Registrieren",
  timer: "Timer",
  length: "Wie lange?",
  chip: min,
  number,
  start: "Fokus starten",
  startHint: "Ohne Konto. Probier es gleich aus.",
  running: "Leg das Handy weg. Deine Sonnenblume wächst, solange du dran bleibst.",
  keep: "Registrieren und behalten",
  end: "Jetzt beenden",
  doneTitle: (n: number) => (n ? `${minutes(n)} Fokus` : "Weniger als eine Minute"),
  doneText:
    "Das bleibt auf diesem Gerät. Mit einem Konto steht es in deinem Verlauf, von dir nachgetragen, und die nächste Sitzung zählt der Server.",
  doneNothing: "Zu kurz, um zu zählen. Versuch es noch einmal: Wachsen braucht ein paar Minuten.",
  keepMinutes: "Registrieren und behalten",
  dropMinutes: "Vergessen",
  again: "Noch einmal",
  taken: (n: number) =>
    `${minutes(n)} Fokus warten auf diesem Gerät: Sie kommen in deinen Verlauf, von dir nachgetragen.`,
  takenRunning:
    "Deine Sitzung geht weiter: Was vergangen ist, kommt in deinen Verlauf, von dir nachgetragen, und den Rest zählt der Server.",
  leaveOut: "Weglassen",
  gardenTitle: "Ein Garten aus deinen Stunden",
  garden:
    "Neunzehn Arten, vom Farn bis zum Ahorn. Jede Pflanze steht für eine Sitzung, so groß, wie die lang war.",
  weekTitle: "Gewohnheiten, die man sieht",
  week: "Ziele, eine Serie, die einen verpassten Tag verzeiht, und wohin deine Stunden gingen.",
  proofTitle: "Minuten, die stimmen",
  proof: "Es zählt die Uhr des Servers, nicht deine. Darum sagen die Ranglisten etwas.",
  you: "du",
  privacy:
    "Notizen und Labels sind nur für dich. Keine Werbung, keine Tracker. Nimm all deine Daten mit oder lösche sie, wann du willst.",
};
