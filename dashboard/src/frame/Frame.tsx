import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";

import { FocusNotices } from "../focus/FocusNotices";
import { FocusProvider } from "../focus/FocusProvider";
import { OutboxState } from "../focus/outbox/OutboxState";
import { MiniTimer } from "../focus/timer/MiniTimer";
import { LiveSlot } from "../live/LiveSlot";
import { NewerBuild } from "../offline/NewerBuild";
import { OfflineMark } from "../offline/OfflineMark";
import { Toasts } from "../parts/floating/Toasts";
import { Boundary } from "../parts/notices/Boundary";
import { usePreferencesPoll } from "../queries/preferences";
import { useMe } from "../queries/queries";
import { PageLink } from "../router/PageLink";
import { text } from "../text";
import { DailyPages, OwnPages } from "./Navigation";
import { useNewDays } from "./newDay";
import { RetryNotice } from "./RetryNotice";
import { useIsWide } from "./useIsWide";
import { Shortcuts } from "./keys/Shortcuts";
import { useLook } from "./useLook";
import { VerifyNotice } from "./VerifyNotice";

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
export function Frame({ children }: { children: ReactNode }) {
  useNewDays();
  useLook();
  usePreferencesPoll();
  const [path] = useLocation();
  const username = useMe().data?.username;
  // Above a page it would push what is pressed each day, the start, below the window's end.
  const isWide = useIsWide();
  const isBelow = !isWide && path === "/";
  const beside = (
    <>
      {isWide && <VerifyNotice />}
      {isWide && <OfflineMark />}
      <MiniTimer />
      <LiveSlot />
    </>
  );
  return (
    <FocusProvider>
      <Shell username={username} beside={beside}>
        <NewerBuild />
        {!isWide && <OfflineMark />}
        <RetryNotice />
        <OutboxState />
        <FocusNotices />
        {!isWide && !isBelow && <VerifyNotice />}
        <Boundary key={path}>{children}</Boundary>
        {isBelow && <VerifyNotice />}
        <Toasts />
        <Shortcuts />
      </Shell>
    </FocusProvider>
  );
}

/** The height of `.skeleton.first` of index.html, which is seen before the script comes. */
export const SKELETON_HEIGHT = 420;

type ShellProps = { username?: string; beside?: ReactNode; children: ReactNode };

/** The frame without data; index.html has a copy, for the time before the script. */
export function Shell({ username, beside, children }: ShellProps) {
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    // A screen reader begins with the new page; the first page begins by itself.
    if (shown.current !== path) main.current?.focus();
    shown.current = path;
  }, [path]);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {text.nav.skip}
      </a>
      <header className="side">
        <PageLink className="brand" to="/">
          <Mark />
          {text.name}
        </PageLink>
        <DailyPages />
        <div className="foot">
          {beside}
          <OwnPages username={username} />
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
    </div>
  );
}
