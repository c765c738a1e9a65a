/** Numbers and plurals of one language. */

/** The plural forms of a phrase; `#` is the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The device's own tag of a language, such as en-GB of en, whose days and digits are known. */
export function localeOf(language: string, usual: string): string {
  // Node, which builds the frame of each language, has no device.
  const tags: readonly string[] = globalThis.navigator?.languages ?? [];
  return tags.find((tag) => tag.split("-")[0] === language) ?? usual;
}

export function speaking(locale: string) {
  const numbers = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const number = (n: number) => numbers.format(n);
  /** The form for a number, with the number in it. */
  const counted = (n: number, forms: Forms) =>
    (forms[rules.select(n)] ?? forms.other).replace("#", number(n));
  return { number, counted };
}
