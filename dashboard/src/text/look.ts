/**
 * The language and the theme that somebody chose on this device: a cookie, since the server
 * answers the first frame in them, before any script is there (pages/dashboard.py).
 */
export type Theme = "light" | "dark";
/** What was chosen; null where the device's own setting holds. */
export type Look = { language: string | null; theme: Theme | null };

const NAME = "focusguard-look";
/** A year, in seconds: browsers keep a script's cookie a week or more, and each visit renews it. */
const KEPT = 31_536_000;

export function readLook(): Look {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${NAME}=`));
  const [language = "", theme = ""] = found?.slice(NAME.length + 1).split(".") ?? [];
  return {
    language: language || null,
    theme: theme === "light" || theme === "dark" ? theme : null,
  };
}

export function keepLook({ language, theme }: Look): void {
  const value = `${language ?? ""}.${theme ?? ""}`;
  const age = value === "." ? 0 : KEPT;
  document.cookie = `${NAME}=${value}; Path=/; Max-Age=${age}; SameSite=Lax`;
}

/** Draw the page in the theme of the look; without one the device's media query holds. */
export function showTheme({ theme }: Look): void {
  const root = document.documentElement;
  if (theme === null) delete root.dataset.theme;
  else root.dataset.theme = theme;
}
