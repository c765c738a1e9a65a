import { pause } from "./counts";

export const errors = {
  unknown: "حدث خطأ ما.",
  offline: "لا يوجد اتصال.",
  noAnswer: "لم يصل الرد في الوقت المناسب.",
  keepTrying: "نواصل المحاولة.",
  away: "الخدمة لا تستجيب كما ينبغي.",
  goOnIn: (seconds: number | null) =>
    seconds === null ? "نتابع بعد لحظات." : `نتابع خلال ${pause(seconds)}.`,
  busy: "كثرت الطلبات في هذه الدقيقة.",
  signedOut: "تم تسجيل خروجك في هذه الأثناء.",
  tryAgainIn: (seconds: number) => `حاول مجددًا خلال ${pause(seconds)}.`,
  tryAgain: "حاول مجددًا",
  page: "تعذر عرض هذه الصفحة.",
  newer: "تعذر تحميل هذه الصفحة. قد تكون هناك نسخة أحدث.",
  reload: "أعد التحميل",
};
