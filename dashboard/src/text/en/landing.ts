import { min, minutes, number } from "./counts";

/** The sentences of the page for people without an account. */
export const landing = {
  short: "the focus timer that grows a garden",
  title: "Focus, and watch it grow.",
  lead: "FocusGuard is a focus timer. Each session grows a plant, each day keeps your streak, and the server counts every minute, so nobody can cheat.",
  account: "Account",
  signUp: "Sign up",
  timer: "Timer",
  length: "How long?",
  chip: min,
  number,
  start: "Start focusing",
  startHint: "No account needed. Try it now.",
  running: "Put the phone away. Your sunflower grows while you focus.",
  keep: "Sign up and keep it",
  end: "End now",
  doneTitle: (n: number) => (n ? `${minutes(n)} of focus` : "Under a minute"),
  doneText:
    "It is kept on this device. With an account it stands in your history, as told by you, and the next one is counted by the server.",
  doneNothing: "Too short to count. Try again, it takes a few minutes to grow something.",
  keepMinutes: "Sign up and keep it",
  dropMinutes: "Forget it",
  again: "Try again",
  taken: (n: number) =>
    `${minutes(n)} of focus wait on this device: they go into your history, as told by you.`,
  takenRunning:
    "Your session goes on: what has passed goes into your history, as told by you, and the rest is counted by the server.",
  leaveOut: "Leave out",
  gardenTitle: "A garden of your hours",
  garden:
    "Nineteen species, from a fern to a maple. Each stands for a session, as tall as it was long.",
  weekTitle: "Habits you can see",
  week: "Goals, a streak that forgives a missed day, and where your hours went.",
  proofTitle: "Minutes that are real",
  proof: "The server's clock counts, not yours. So the boards mean something.",
  you: "you",
  privacy:
    "Notes and labels are for your eyes alone. No ads, no trackers. Take all your data along, or delete it, at any time.",
};
