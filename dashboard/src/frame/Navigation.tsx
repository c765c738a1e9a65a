import type { ReactNode } from "react";

import { PageLink } from "../router/PageLink";
import { text } from "../text";
import { DAILY, OWN } from "./pages";

function Icon({ d }: { d: string }) {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}

/** The links to the pages of every day: in the side, or as the bar of a phone. */
export function DailyPages() {
  return (
    <nav className="nav" aria-label={text.nav.label}>
      {DAILY.map(([path, name, d]) => (
        <PageLink key={path} to={path} isWhole>
          <Icon d={d} />
          {text.nav[name]}
        </PageLink>
      ))}
    </nav>
  );
}

/** The links to one's own pages; `username` gives the round one its letter, once it is known. */
export function OwnPages({ username }: { username?: string }) {
  return (
    <nav className="nav own" aria-label={text.nav.own}>
      {OWN.map(([path, name, d]) => (
        <PageLink key={path} to={path} className={name}>
          <Round letter={name === "you" ? username?.[0]?.toUpperCase() : undefined}>
            <Icon d={d} />
          </Round>
          <span className="word">{text.nav[name]}</span>
        </PageLink>
      ))}
    </nav>
  );
}

function Round({ letter, children }: { letter?: string; children: ReactNode }) {
  return (
    <span className="round" aria-hidden="true">
      {letter ?? children}
    </span>
  );
}
