import { minutes, number } from "../counts";

export const welcome = {
  title: "Willkommen",
  step: (n: number, all: number) => `Schritt ${number(n)} von ${number(all)}`,
  skipAll: "Überspringen und gleich starten",
  skip: "Überspringen",
  zone: {
    title: (name: string) => `Hallo ${name}. Wo beginnt dein Tag?`,
    lead: "Minuten, Ziele und Serien gehen nach deiner eigenen Mitternacht.",
    now: (time: string) => `Dort ist es jetzt ${time}.`,
    yes: "Das ist meine Zeit",
    other: "Andere Zone",
  },
  goal: {
    title: "Was ist für dich ein guter Tag?",
    lead: "Ein Ring schließt sich, wenn du so lange fokussiert warst. Das Ziel gilt ab heute und lässt sich ändern.",
    of: minutes,
    kinds: ["Ein erster Schritt", "Eine feste Gewohnheit", "Ein tiefer Vormittag", "Alles"],
  },
  plant: {
    title: "Was soll zuerst wachsen?",
    lead: "Es wächst, während du fokussierst. Mit jeder Stufe öffnen sich mehr.",
    start: "Pflanzen und beginnen",
  },
};
