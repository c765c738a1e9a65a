import { counted } from "../counts";

export const factor = {
  title: "Second step",
  name: "Code from an app",
  offHint: "When you sign in, six digits more, which an app on your phone shows.",
  onHint: "A sign-in also asks for six digits of your app, except with a passkey.",
  on: "On",
  setUp: "Set up",
  scan: "Scan this with your authenticator app",
  scanHint: "Or type the key into it by hand.",
  qr: "QR code that holds the key",
  key: "Key",
  copy: "Copy",
  copied: "Copied",
  code: "Six digits that the app shows now",
  turnOn: "Turn on",
  cancel: "Cancel",
  codes: "Your recovery codes",
  codesLead:
    "Each opens your account once if your phone is gone. They are shown only now: keep them where you keep your passwords.",
  codesOf: (name: string) => `FocusGuard: recovery codes of ${name}`,
  download: "Download",
  kept: "I have kept them",
  codesLeft: (n: number) =>
    counted(n, { one: "# recovery code is left.", other: "# recovery codes are left." }),
  newCodes: "New recovery codes",
  newTitle: "Make new recovery codes?",
  newText: "Ten new ones are shown once. Those that you have end.",
  newYes: "Make new ones",
  turnOff: "Turn off",
  offTitle: "Turn the second step off?",
  offText: "A sign-in asks for no code then, and your recovery codes end.",
};
