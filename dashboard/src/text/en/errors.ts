import { pause } from "./counts";

export const errors = {
  unknown: "Something went wrong.",
  offline: "No connection.",
  noAnswer: "No answer came in time.",
  keepTrying: "We keep trying.",
  away: "The service does not answer as it should.",
  goOnIn: (seconds: number | null) =>
    seconds === null ? "We go on in a moment." : `We go on in ${pause(seconds)}.`,
  busy: "Many requests were made in this minute.",
  signedOut: "You were signed out meanwhile.",
  tryAgainIn: (seconds: number) => `Try again in ${pause(seconds)}.`,
  tryAgain: "Try again",
  page: "This page could not be shown.",
  newer: "This page could not be loaded. There may be a newer version.",
  reload: "Reload",
};
