import { minutes } from "./counts";

export const focus = {
  title: "Fokus",
  plan: "Wie lange?",
  open: "Offen",
  openHint: "Offen: endet, wenn du es sagst, spätestens nach 4 Stunden.",
  plant: "Was soll wachsen?",
  noPlant: "Diesmal nichts",
  unlocksAt: (level: number) => `Stufe ${level}`,
  start: "Fokus starten",
  starting: "Startet…",
  over: "Die Zeit ist um",
  ending: "Deine Minuten werden gezählt…",
  endKept:
    "Das Ende ist aufgehoben, auch wenn du diese Seite schließt, und wird gesendet, sobald es wieder geht.",
  endKeptHere:
    "Dieser Browser hebt für FocusGuard nichts auf: Lass diese Seite offen, dann wird das Ende gesendet, sobald es wieder geht.",
  takeBack: "Doch weitermachen",
  waits: {
    offline: "Du bist offline.",
    silent: "Der Dienst antwortet nicht. Wir versuchen es weiter.",
    faulty: "Der Dienst antwortet nicht, wie er soll. Wir versuchen es weiter.",
    busy: "Der Dienst ist beschäftigt.",
  },
  startWaits: "Deine Sitzung hat noch nicht begonnen; sie beginnt mit der ersten Antwort.",
  doNotStart: "Nicht starten",
  mute: "Dein Browser spielt noch keinen Ton: Klicke oder tippe irgendwo hier, dann kann die Glocke läuten.",
  mini: "Zur laufenden Sitzung",
  look: "Ansehen",
  putAway: "Weglegen",
  tellMe: "Sag mir, wenn sie endet",
  tellMeHint: "Eine Mitteilung und ein leiser Ton.",
  tellMeDenied: "Dein Browser erlaubt keine Mitteilungen; der Ton bleibt.",
  notification: "Die Zeit ist um",
  notificationBody: (n: number) => `${minutes(n)} Fokus. Mach eine Pause.`,
  beganYesterday:
    "Diese Sitzung hat gestern begonnen: Ihre Minuten gehören zu gestern, nicht zu heute.",
  beganOn: (day: string) =>
    `Diese Sitzung hat am ${day} begonnen: Ihre Minuten gehören zu jenem Tag, nicht zu heute.`,
};
