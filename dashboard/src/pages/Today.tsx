import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { useFocus } from "../focus/context";
import { LeftCard } from "../focus/rhythm/LeftCard";
import { StartForm } from "../focus/start/StartForm";
import { lazyPart } from "../frame/lazyPage";
import { calendarDay, daysBetween } from "../format";
import { ErrorNotice, Skeleton } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { useMe } from "../queries/queries";
import { today } from "../queries/today";
import { text } from "../text";
import { DayCard } from "../today/DayCard";
import { WhyLine } from "../today/WhyLine";
// Before those of the page, in whose sheet they stand: the stage itself comes later.
import "../styles/session.css";
import "../styles/done.css";
import "../styles/focus.css";
import "../styles/today.css";

/** Keep the keyboard focus in the page when the button that was pressed is gone. */
function useKeptPlace(shown: string): void {
  const before = useRef("waiting");
  useEffect(() => {
    const isOther = before.current !== "waiting" && before.current !== shown;
    before.current = shown;
    if (isOther && document.activeElement === document.body) {
      document.getElementById("main")?.focus({ preventScroll: true });
    }
  }, [shown]);
}

/** The longest that the start is held back for its heading: milliseconds. */
const MOST_WAIT = 1_000;

/**
 * True once the heading of the start is known, or not to be waited for: it has one line or
 * four, and coming alone it would move the start below it under somebody's finger.
 */
function useHasHeading(): boolean {
  // The day's card asks for it.
  const day = useQuery({ ...today, enabled: false });
  const profile = useMe();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), MOST_WAIT);
    return () => clearTimeout(timer);
  }, []);
  return isLate || [day, profile].every(({ data, error }) => data !== undefined || error);
}

/** What Today shows: the session that runs or ended, the break after it, or the start. */
function useShown() {
  const { session, unknown, ended, rhythm, isBreakSkipped } = useFocus();
  const hasHeading = useHasHeading();
  if (session) return "running";
  if (ended) return "ended";
  if (session === undefined) return unknown ? "unknown" : "waiting";
  if (rhythm?.phase.break && !isBreakSkipped) return "break";
  return hasHeading ? "start" : "waiting";
}

/** The height of the start: with less, the day's card below it moved out of the window. */
const START_HEIGHT = 980;

const Stage = lazyPart(() => import("../focus/stage/Stage"), START_HEIGHT);

export function Today() {
  const { session, unknown, askAgain, ended, rhythm } = useFocus();
  // Beside the question what runs, so that a clock never waits for a second round trip.
  useEffect(() => Stage.preload(), []);
  const shown = useShown();
  useKeptPlace(shown);
  useTitle(text.name);
  const hasWhy = shown === "start" || shown === "unknown";
  const isStaged = shown === "running" || shown === "ended" || shown === "break";
  return (
    <div className="today-page" data-shown={shown}>
      {hasWhy ? <WhyLine /> : <h1 className="visually-hidden">{text.focus.title}</h1>}
      <OtherDay day={(session ?? ended?.session)?.local_date} />
      {shown === "start" && rhythm?.phase.left && <LeftCard left={rhythm.phase.left} />}
      {/* Another element than what waits: that one would be moved, not replaced. */}
      <div className="act" key={String(shown === "waiting")}>
        {isStaged ? (
          <Stage />
        ) : shown === "start" ? (
          <StartForm />
        ) : unknown ? (
          <ErrorNotice error={unknown} again={askAgain} />
        ) : (
          <Skeleton height={START_HEIGHT} />
        )}
      </div>
      {/* Out of sight until the next start, and not taken away: its figures, asked for as
          it came back, would be asked for twice at each end. */}
      <DayCard />
    </div>
  );
}

/** The notice of a session from before midnight: its minutes are the day's of its start. */
function OtherDay({ day }: { day?: string }) {
  // A start is no reason to ask anew: a day that begins is told to every query.
  const now = useQuery({ ...today, enabled: day !== undefined, staleTime: Infinity }).data?.date;
  const ago = day && now ? daysBetween(day, now) : 0;
  if (!day || ago === 0) return null;
  return (
    <p className="notice">
      {ago === 1
        ? text.focus.beganYesterday
        : text.focus.beganOn(calendarDay(day, { day: "numeric", month: "long" }))}
    </p>
  );
}
