import { counted, minutes } from "./counts";

export const running = {
  timer: "Timer",
  over: "Die Zeit ist um",
  until: (time: string) => `bis ${time}`,
  since: (time: string) => `bisher, seit ${time}`,
  endedAt: (time: string) => `beendet um ${time}`,
  round: (n: number, of: number) => `Runde ${n} von ${of}`,
  complete: "Abschließen",
  endNow: (n: number) =>
    n === 0
      ? "Jetzt beenden (unter einer Minute zählt nicht)"
      : counted(n, {
          one: "Jetzt beenden (# min zählt)",
          other: "Jetzt beenden (# min zählen)",
        }),
  giveUp: "Aufgeben",
  giveUpAsk: "Diese Sitzung aufgeben?",
  giveUpText: (n: number) =>
    n === 0
      ? "Sie zählt nicht, und ihre Pflanze verwelkt, wie sie steht."
      : counted(n, {
          one: "Ihre Minute zählt nicht, und ihre Pflanze verwelkt, wie sie steht.",
          other: "Ihre # Minuten zählen nicht, und ihre Pflanze verwelkt, wie sie steht.",
        }),
  giveUpStays: "Was du vorher getan hast, bleibt: deine Stufe, deine Serie, dein Garten.",
  giveUpInstead: (n: number) => `„Jetzt beenden“ behält ${minutes(n)}.`,
  giveUpNo: "Weitermachen",
  giveUpYes: "Ja, aufgeben",
  fullScreen: "Vollbild",
  leaveFullScreen: "Vollbild verlassen",
  miniWindow: "Minifenster",
  closeMiniWindow: "Minifenster schließen",
  sound: "Klang",
  soundOff: "Aus",
  sounds: { noise: "Rauschen", rain: "Regen", waves: "Wellen" },
  volume: "Lautstärke",
  soundStuck: "Dein Browser spielt noch keinen Ton: Klicke oder tippe irgendwo hier.",
  soundFailed: "Der Klang konnte nicht geladen werden. Wähle ihn noch einmal, wenn du online bist.",
};
