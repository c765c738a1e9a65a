/** The mark that says whether changes of other devices are seen at once. */
export const live = {
  live: "مباشر",
  notLive: "غير مباشر",
  everywhere: "مباشر على كل أجهزتك.",
  polling: "تُجلب تغييرات أجهزتك الأخرى كل نصف دقيقة.",
  why: {
    unreachable: "تعذر الوصول إلى الاتصال المباشر؛ نواصل المحاولة.",
    restarting: "الخدمة تبدأ من جديد؛ سيعود البث المباشر بعد لحظات.",
    busy: "الخدمة مشغولة جدًا؛ نحاول من جديد بعد قليل.",
    replaced: "لديك صفحات كثيرة مفتوحة؛ تعود هذه مباشرة حين تعود إليها.",
  },
};
