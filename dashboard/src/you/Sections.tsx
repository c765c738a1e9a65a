import { useEffect, useRef } from "react";

import { PageLink } from "../router/PageLink";
import { text } from "../text";

const words = text.settings.names;

const SECTIONS = [
  [
    "/you",
    "profile",
    "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c1-3.6 4-5.4 7.5-5.4s6.5 1.8 7.5 5.4",
  ],
  [
    "/settings",
    "preferences",
    "M4 7h8m6 0h2M4 17h2m6 0h8M15 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Zm-6 10a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
  ],
  [
    "/settings/plan",
    "plan",
    "M12 3a9 9 0 1 0 9 9M12 7.5a4.5 4.5 0 1 0 4.5 4.5M12 12l8-8m-3.5 0H20v3.5",
  ],
  ["/settings/labels", "labels", "M3.5 11.5v-7a1 1 0 0 1 1-1h7l9 9-8 8-9-9ZM8 8h.01"],
  ["/you/signing-in", "signingIn", "M8 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm4-4h8.5v3M17 11.5v2.5"],
  ["/you/programs", "programs", "m8 8-4 4 4 4m8-8 4 4-4 4m-2.5-10-3 12"],
  ["/you/data", "data", "M12 4v10m-4-4 4 4 4-4M4.5 16v3a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-3"],
] as const;

/** The sections of the settings, each a page; on a phone a row that scrolls. */
export function Sections() {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>('[aria-current="page"]');
    // Not `scrollIntoView`, which would scroll the page too.
    if (open) nav.current?.scrollTo({ left: open.offsetLeft - nav.current.offsetLeft - 24 });
  }, []);
  return (
    <nav className="sections" aria-label={text.settings.sections} ref={nav}>
      {SECTIONS.map(([path, name, d]) => (
        <PageLink key={path} to={path} isWhole>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={d} />
          </svg>
          {words[name]}
        </PageLink>
      ))}
    </nav>
  );
}
