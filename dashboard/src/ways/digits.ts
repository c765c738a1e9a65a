/** The digits of the keyboards of our languages; the last four bits of each are its value. */
const DIGIT = /[\d٠-٩۰-۹]/g;

/** A typed code without the spaces that people and apps put in, in the digits of ASCII. */
export const digitsOf = (typed: string): string =>
  typed.replace(/\s/g, "").replace(DIGIT, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** True for a whole code of an app. */
export const isWhole = (typed: string): boolean => /^\d{6}$/.test(digitsOf(typed));
