import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { preferences, useKnownPreferences, usePreferencesPoll } from "../queries/preferences";
import { text } from "../text";
import { languageOf } from "../text/languages";
import { keepLook, type Look, readLook, showTheme } from "../text/look";

type Chosen = { language: string; theme: string };

const own = <T extends string>(chosen: T) => (chosen === "auto" ? null : chosen);

/**
 * The look after a preference of the account: it holds on every device, and one that was
 * chosen on this device, before anybody signed in, holds as long as the account has none.
 */
export function lookAfter(device: Look, chosen: Chosen, before: Chosen | null): Look {
  const { language, theme } = chosen;
  const isBack = (key: keyof Chosen) => before !== null && before[key] !== "auto";
  return {
    language: own(language) ?? (isBack("language") ? null : device.language),
    theme: (own(theme) as Look["theme"]) ?? (isBack("theme") ? null : device.theme),
  };
}

/** Follow the preferences in language and theme; another language is another load. */
export function useLook(): void {
  usePreferencesPoll();
  // The theme is seen at once. A new load would cut off the change that asks for it, so the
  // language is that of the service.
  const theme = useKnownPreferences()?.theme;
  const language = useQuery(preferences).data?.language;
  const before = useRef<Chosen | null>(null);
  useEffect(() => {
    if (language === undefined || theme === undefined) return;
    const chosen = { language, theme };
    const look = lookAfter(readLook(), chosen, before.current);
    before.current = chosen;
    keepLook(look);
    showTheme(look);
    // A look that was not kept would be loaded for ever.
    const isKept = readLook().language === look.language;
    if (isKept && languageOf(look) !== text.language) window.location.reload();
  }, [language, theme]);
}
