import { minutes, number } from "../counts";

export const welcome = {
  title: "Welcome",
  step: (n: number, all: number) => `Step ${number(n)} of ${number(all)}`,
  skipAll: "Skip, just start",
  skip: "Skip this",
  zone: {
    title: (name: string) => `Hello ${name}. Where does your day begin?`,
    lead: "Minutes, goals and streaks go by your own midnight.",
    now: (time: string) => `It is ${time} there now.`,
    yes: "That is my time",
    other: "Another zone",
  },
  goal: {
    title: "What is a good day for you?",
    lead: "A ring closes when you have focused so long. It holds from today on, and can be changed.",
    of: minutes,
    kinds: ["A first step", "A steady habit", "A deep morning", "All in"],
  },
  plant: {
    title: "What will you grow first?",
    lead: "It grows while you focus. More open with each level.",
    start: "Plant it and begin",
  },
};
