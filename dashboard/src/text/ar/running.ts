import { counted, minutes, number } from "./counts";

export const running = {
  timer: "المؤقت",
  over: "انتهى الوقت",
  until: (time: string) => `حتى ${time}`,
  since: (time: string) => `حتى الآن، منذ ${time}`,
  endedAt: (time: string) => `انتهت في ${time}`,
  round: (n: number, of: number) => `الجولة ${number(n)} من ${number(of)}`,
  complete: "أكمل",
  endNow: (n: number) =>
    n === 0 ? "أنهِ الآن (أقل من دقيقة لا يُحسب)" : `أنهِ الآن (تُحسب ${minutes(n)})`,
  giveUp: "اترك الجلسة",
  giveUpAsk: "تترك هذه الجلسة؟",
  giveUpText: (n: number) =>
    counted(n, {
      zero: "لا تُحسب، وتذبل نبتتها كما هي.",
      one: "لن تُحسب دقيقتها، وتذبل نبتتها كما هي.",
      two: "لن تُحسب دقيقتاها، وتذبل نبتتها كما هي.",
      few: "لن تُحسب دقائقها الـ#، وتذبل نبتتها كما هي.",
      other: "لن تُحسب دقائقها (#)، وتذبل نبتتها كما هي.",
    }),
  giveUpStays: "ما أنجزته من قبل باقٍ: مستواك وسلسلتك وحديقتك.",
  giveUpInstead: (n: number) => `«أنهِ الآن» يحفظ ${minutes(n)}.`,
  giveUpNo: "واصل",
  giveUpYes: "نعم، اتركها",
  fullScreen: "ملء الشاشة",
  leaveFullScreen: "اخرج من ملء الشاشة",
  miniWindow: "نافذة صغيرة",
  closeMiniWindow: "أغلق النافذة الصغيرة",
  sound: "الصوت",
  soundOff: "بلا صوت",
  sounds: { noise: "ضوضاء", rain: "مطر", waves: "أمواج" },
  volume: "مستوى الصوت",
  soundStuck: "متصفحك لا يشغّل صوتًا بعد: انقر أو المس أي مكان هنا.",
  soundFailed: "تعذر تحميل الصوت. اختره مجددًا عندما تتصل.",
};
