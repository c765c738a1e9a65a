export const linked = {
  title: "الحسابات المرتبطة",
  lead: "سجّل الدخول بحساب لديك في مكان آخر. نعرف من أنت هناك ولا شيء غير ذلك.",
  as: (address: string) => `مرتبط باسم ${address}`,
  isLinked: "مرتبط",
  not: "غير مرتبط",
  link: "ربط",
  unlink: "إلغاء الربط",
  linkOf: (name: string) => `ربط ${name}`,
  unlinkOf: (name: string) => `إلغاء ربط ${name}`,
  unlinkTitle: (name: string) => `إلغاء ربط ${name}؟`,
  unlinkText: "لن يسجّل دخولك هنا بعد الآن. ويبقى حسابك هناك كما هو.",
  done: "تم ربط حسابيك.",
};
