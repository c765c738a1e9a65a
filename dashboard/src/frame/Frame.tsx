import { type ReactNode, useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";

import { FocusNotices } from "../focus/FocusNotices";
import { FocusProvider } from "../focus/FocusProvider";
import { MiniTimer } from "../focus/timer/MiniTimer";
import { text } from "../text";
import { Boundary } from "../parts/notices/Boundary";
import { useNewDays } from "./newDay";
import { RetryNotice } from "./RetryNotice";
import { useIsWide } from "./useIsWide";
import { VerifyNotice } from "./VerifyNotice";

const paths = {
  focus: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  garden: "M12 21v-9m0 3c-4 0-6-2-6-6 4 0 6 2 6 6Zm0-2c4 0 6-3 6-6-4 0-6 2-6 6Z",
  insight: "M5 20v-6m5 6V8m5 12v-9m5 9V5",
  boards: "M8 4h8v5a4 4 0 0 1-8 0V4Zm4 9v4m-4 3h8M8 6H4c0 3 2 5 4 5m8-5h4c0 3-2 5-4 5",
  you: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c1-4 4-6 8-6s7 2 8 6",
};

const links = [
  ["/", "focus"],
  ["/garden", "garden"],
  ["/insight", "insight"],
  ["/boards", "boards"],
  ["/you", "you"],
] as const;

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="15" fill="#2f6f4f" />
      <path
        d="M16 25V14M16 17c-5 0-7-3-7-7 5 0 7 3 7 7Zm0-2c4 0 6-3 6-6-4 0-6 2-6 6Z"
        fill="#dff2e4"
        stroke="#dff2e4"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The layout around every page of a signed-in user. */
export function Frame() {
  useNewDays();
  const { pathname } = useLocation();
  // Above a page it would push what is pressed each day, the start, below the window's end.
  const isWide = useIsWide();
  const isBelow = !isWide && pathname === "/";
  const beside = (
    <>
      <MiniTimer />
      {isWide && <VerifyNotice />}
    </>
  );
  return (
    <FocusProvider>
      <Shell beside={beside}>
        <RetryNotice />
        <FocusNotices />
        {!isWide && !isBelow && <VerifyNotice />}
        <Boundary key={pathname}>
          <Outlet />
        </Boundary>
        {isBelow && <VerifyNotice />}
      </Shell>
    </FocusProvider>
  );
}

/** The height of `.skeleton.first` of index.html, which is seen before the script comes. */
export const SKELETON_HEIGHT = 420;

/** The frame without data; index.html has a copy, for the time before the script. */
export function Shell({ beside, children }: { beside?: ReactNode; children: ReactNode }) {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    // A screen reader begins with the new page; the first page begins by itself.
    if (shown.current !== pathname) main.current?.focus();
    shown.current = pathname;
  }, [pathname]);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {text.nav.skip}
      </a>
      <header className="side">
        <NavLink className="brand" to="/">
          <Mark />
          {text.name}
        </NavLink>
        <nav className="nav" aria-label={text.nav.label}>
          {links.map(([path, name]) => (
            <NavLink key={path} to={path} end>
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
                <path d={paths[name]} />
              </svg>
              {text.nav[name]}
            </NavLink>
          ))}
        </nav>
        {beside}
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
    </div>
  );
}
