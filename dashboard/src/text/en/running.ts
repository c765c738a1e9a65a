import { counted, minutes } from "./counts";

export const running = {
  timer: "Timer",
  over: "Time is up",
  until: (time: string) => `until ${time}`,
  since: (time: string) => `so far, since ${time}`,
  endedAt: (time: string) => `ended at ${time}`,
  round: (n: number, of: number) => `Round ${n} of ${of}`,
  complete: "Complete",
  endNow: (n: number) =>
    n === 0
      ? "End now (under a minute counts nothing)"
      : counted(n, { one: "End now (# min counts)", other: "End now (# min count)" }),
  giveUp: "Give up",
  giveUpAsk: "Give this session up?",
  giveUpText: (n: number) =>
    n === 0
      ? "It counts nothing, and its plant withers as it stands."
      : counted(n, {
          one: "Its minute will not count, and its plant withers as it stands.",
          other: "Its # minutes will not count, and its plant withers as it stands.",
        }),
  giveUpStays: "What you have done before stays: your level, your streak, your garden.",
  giveUpInstead: (n: number) => `“End now” keeps ${minutes(n)}.`,
  giveUpNo: "Keep going",
  giveUpYes: "Yes, give up",
  fullScreen: "Full screen",
  leaveFullScreen: "Leave full screen",
  miniWindow: "Mini window",
  closeMiniWindow: "Close the mini window",
  sound: "Sound",
  soundOff: "Off",
  sounds: { noise: "Noise", rain: "Rain", waves: "Waves" },
  volume: "Volume",
  soundStuck: "Your browser plays no sound yet: click or tap anywhere here.",
  soundFailed: "The sound could not be loaded. Choose it again when you are online.",
};
