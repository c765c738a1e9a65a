import { counted, minutes } from "./counts";

/** The sentences about the network: what is kept, what waits, what is newer. */
export const offline = {
  mark: "Offline",
  markHint: "Auf diesem Gerät aufgehoben, bis das Netz wieder da ist.",
  page: "Diese Seite kommt, wenn das Netz wieder da ist.",
  newer: "Es gibt eine neuere Version.",
  takeNewer: "Laden",
  unverified: "Noch nicht geprüft.",
  unverifiedHint: "Dieses Gerät misst die Zeit, bis das Netz wieder da ist.",
  waits: (count: number) => counted(count, { one: "Eines wartet", other: "# warten" }),
  end: "Das Ende einer Sitzung",
  givenUp: "Eine aufgegebene Sitzung",
  plant: (name: string) => `Eine Pflanze: ${name}`,
  entry: (count: number) => `Ein Eintrag: ${minutes(count)}`,
  start: (count: number) => `Eine Sitzung, bisher ${minutes(count)}`,
  since: (time: string) => `seit ${time}`,
  sending: "Es wird gesendet.",
  kept: "Es ist aufgehoben, auch wenn du diese Seite schließt.",
  keptHere: "Dieser Browser hebt für FocusGuard nichts auf: Lass diese Seite offen.",
  sendNow: "Jetzt senden",
  entryKept: (count: number) =>
    `Keine Verbindung: Dein Eintrag (${minutes(count)}) ist aufgehoben und wird später gesendet.`,
  notTold: (count: number, why: string) =>
    `${minutes(count)} ohne Netz ließen sich nicht nachtragen: ${why}`,
};
