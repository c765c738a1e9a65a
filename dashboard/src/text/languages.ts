/** The languages of the dashboard, and which of them this device has. */
import { keepLook, type Look, readLook } from "./look";

export const LANGUAGES = ["en", "de", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name: who cannot read the page finds it. */
export const NAMES: Record<Language, string> = { en: "English", de: "Deutsch", ar: "العربية" };

const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

/** The language of a look; by the device's own list where it names none. */
export function languageOf(look: Look): Language {
  if (look.language !== null && isLanguage(look.language)) return look.language;
  const tags = navigator.languages.map((tag) => tag.split("-")[0] ?? "");
  return tags.find(isLanguage) ?? "en";
}

export const ownLanguage = () => languageOf(readLook());

/**
 * Choose the language of this device, null for its own, and load the page in it. Of who is
 * signed in the preference `language` does the same, on every device (frame/useLook.ts).
 */
export function setLanguage(language: Language | null): void {
  keepLook({ ...readLook(), language });
  window.location.reload();
}
