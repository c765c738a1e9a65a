import { minutes } from "./counts";

/** The sentences about the network: what is kept, what waits, what is newer. */
export const offline = {
  mark: "Offline",
  markHint: "Kept on this device until the network is back.",
  page: "This page comes when the network is back.",
  newer: "There is a newer version.",
  takeNewer: "Load it",
  unverified: "Not verified yet.",
  unverifiedHint: "This device keeps the time until the network is back.",
  waits: (count: number) => (count === 1 ? "One thing waits" : `${count} things wait`),
  end: "The end of a session",
  givenUp: "A session that was given up",
  plant: (name: string) => `A plant: ${name}`,
  entry: (count: number) => `An entry of ${minutes(count)}`,
  start: (count: number) => `A session, ${minutes(count)} so far`,
  since: (time: string) => `since ${time}`,
  sending: "It is being sent.",
  kept: "It is kept, also if you close this page.",
  keptHere: "This browser keeps nothing for FocusGuard: leave this page open.",
  sendNow: "Send now",
  entryKept: (count: number) =>
    `No connection: your entry of ${minutes(count)} is kept and sent later.`,
  notTold: (count: number, why: string) =>
    `${minutes(count)} without a network could not be told: ${why}`,
};
