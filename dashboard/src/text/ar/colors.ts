/** The colours of labels. */
export const colors = {
  red: "أحمر",
  orange: "برتقالي",
  amber: "كهرماني",
  lime: "ليموني",
  green: "أخضر",
  teal: "أزرق مخضر",
  sky: "سماوي",
  blue: "أزرق",
  violet: "بنفسجي",
  pink: "وردي",
  brown: "بني",
  grey: "رمادي",
};
