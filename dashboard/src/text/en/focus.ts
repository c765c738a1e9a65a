import { minutes } from "./counts";

export const focus = {
  title: "Focus",
  plan: "How long?",
  open: "Open",
  openHint: "Open: ends when you say so, after 4 hours at the latest.",
  plant: "What will you grow?",
  noPlant: "Nothing this time",
  unlocksAt: (level: number) => `Level ${level}`,
  start: "Start focusing",
  starting: "Starting…",
  over: "Time is up",
  ending: "Counting your minutes…",
  endKept: "The end is kept, also if you close this page, and sent when that works again.",
  endKeptHere:
    "This browser keeps nothing for FocusGuard: leave this page open, and the end is sent when that works again.",
  takeBack: "Keep going instead",
  waits: {
    offline: "You are offline.",
    silent: "The service does not answer. We keep trying.",
    faulty: "The service does not answer as it should. We keep trying.",
    busy: "The service is busy.",
  },
  startWaits: "Your session has not started yet; it starts with the first answer.",
  doNotStart: "Do not start",
  mute: "Your browser plays no sound yet: click or tap anywhere here, and the bell can ring.",
  mini: "To the running session",
  look: "Look",
  putAway: "Put away",
  tellMe: "Tell me when it ends",
  tellMeHint: "A notification and a soft sound.",
  tellMeDenied: "Your browser does not allow notifications; the sound stays.",
  notification: "Time is up",
  notificationBody: (n: number) => `${minutes(n)} of focus. Take a break.`,
  beganYesterday: "This session began yesterday: its minutes are yesterday's, not today's.",
  beganOn: (day: string) =>
    `This session began on ${day}: its minutes are that day's, not today's.`,
};
