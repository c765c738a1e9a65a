export const nav = {
  label: "الصفحات الرئيسية",
  own: "صفحاتك",
  today: "اليوم",
  history: "السجل",
  garden: "الحديقة",
  insight: "نظرة",
  boards: "الترتيب",
  you: "أنت",
  settings: "الإعدادات",
  /** What index.html says where no script comes. */
  late: "يستغرق هذا وقتًا طويلًا. أعد تحميل الصفحة عندما يتوفر الاتصال.",
  noScript: "يحتاج FocusGuard إلى JavaScript. وصف الواجهة البرمجية في",
  skip: "انتقل إلى المحتوى",
};
