/** The single keys, and what each does. */
export const keys = {
  title: "المفاتيح",
  list: "هذه القائمة",
  startOrEnd: "ابدأ جلسة أو أنهها",
  endBreak: "أنهِ الاستراحة",
  hint: "لا تفعل شيئًا أثناء الكتابة، ويمكنك إيقافها من الإعدادات.",
};
