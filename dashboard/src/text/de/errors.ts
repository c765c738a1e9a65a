import { pause } from "./counts";

export const errors = {
  unknown: "Etwas ist schiefgegangen.",
  offline: "Keine Verbindung.",
  noAnswer: "Es kam rechtzeitig keine Antwort.",
  keepTrying: "Wir versuchen es weiter.",
  away: "Der Dienst antwortet nicht, wie er soll.",
  goOnIn: (seconds: number | null) =>
    seconds === null ? "Gleich geht es weiter." : `Es geht weiter in ${pause(seconds)}.`,
  busy: "In dieser Minute gab es viele Anfragen.",
  signedOut: "Du wurdest inzwischen abgemeldet.",
  tryAgainIn: (seconds: number) => `Versuche es wieder in ${pause(seconds)}.`,
  tryAgain: "Noch einmal versuchen",
  page: "Diese Seite konnte nicht gezeigt werden.",
  newer: "Diese Seite konnte nicht geladen werden. Vielleicht gibt es eine neuere Version.",
  reload: "Neu laden",
};
