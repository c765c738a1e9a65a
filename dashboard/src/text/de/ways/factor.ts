import { counted } from "../counts";

export const factor = {
  title: "Zweiter Schritt",
  name: "Code aus einer App",
  offHint: "Beim Anmelden noch sechs Ziffern, die eine App auf deinem Telefon zeigt.",
  onHint: "Eine Anmeldung fragt auch nach sechs Ziffern deiner App; eine mit Passkey nicht.",
  on: "An",
  setUp: "Einrichten",
  scan: "Lies das mit deiner Authenticator-App ein",
  scanHint: "Oder tippe den Schlüssel von Hand ein.",
  qr: "QR-Code, der den Schlüssel enthält",
  key: "Schlüssel",
  copy: "Kopieren",
  copied: "Kopiert",
  code: "Sechs Ziffern, die die App jetzt zeigt",
  turnOn: "Einschalten",
  cancel: "Abbrechen",
  codes: "Deine Ersatzcodes",
  codesLead:
    "Jeder öffnet dein Konto einmal, wenn dein Telefon weg ist. Sie werden nur jetzt gezeigt: Hebe sie bei deinen Passwörtern auf.",
  codesOf: (name: string) => `FocusGuard: Ersatzcodes von ${name}`,
  download: "Herunterladen",
  kept: "Ich habe sie aufgehoben",
  codesLeft: (n: number) =>
    counted(n, { one: "# Ersatzcode ist übrig.", other: "# Ersatzcodes sind übrig." }),
  newCodes: "Neue Ersatzcodes",
  newTitle: "Neue Ersatzcodes machen?",
  newText: "Zehn neue werden einmal gezeigt. Die bisherigen gelten nicht mehr.",
  newYes: "Neue machen",
  turnOff: "Ausschalten",
  offTitle: "Den zweiten Schritt ausschalten?",
  offText:
    "Dann fragt keine Anmeldung mehr nach einem Code, und deine Ersatzcodes gelten nicht mehr.",
};
