import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import type { Schemas } from "../api/client";
import { useFocus } from "../focus/context";
import { EndedSession } from "../focus/EndedSession";
import { RunningSession } from "../focus/timer/RunningSession";
import { StartForm } from "../focus/start/StartForm";
import { calendarDay, daysBetween, duration } from "../format";
import { useTitle } from "../parts/title";
import { daily, stats, useMe } from "../queries/queries";
import { ErrorNotice, QueryFallback, Skeleton } from "../parts/notices/Feedback";
import { text } from "../text";
import "../styles/focus.css";

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

export function Focus() {
  const { session, unknown, askAgain, ended } = useFocus();
  useKeptPlace(session ? "running" : ended ? "ended" : session === null ? "start" : "waiting");
  return (
    <>
      <h1 className="visually-hidden">{text.focus.title}</h1>
      <Today session={session ?? ended?.session} />
      {session ? (
        <RunningSession key={session.id} session={session} />
      ) : ended ? (
        <EndedSession {...ended} />
      ) : session === null ? (
        <StartForm />
      ) : unknown ? (
        <ErrorNotice error={unknown} again={askAgain} />
      ) : (
        <Skeleton height={420} />
      )}
    </>
  );
}

function Today({
  session,
}: {
  session: Pick<Schemas["Session"], "local_date"> | null | undefined;
}) {
  const days = useQuery(daily(1));
  const totals = useQuery(stats);
  const profile = useMe();
  useTitle(text.name);
  const figures: [string, string | undefined][] = [
    [text.focus.today, days.data && duration(days.data.daily_stats[0]?.focus_min ?? 0)],
    [text.focus.streak, totals.data && text.days(totals.data.current_streak)],
    [text.focus.level, profile.data && String(profile.data.lvl)],
  ];
  return (
    <>
      <dl className="figures three">
        {figures.map(([name, value]) => (
          <div className="figure" key={name}>
            <dt>{name}</dt>
            <dd>{value ?? "…"}</dd>
          </div>
        ))}
      </dl>
      {[days, totals, profile].some(({ data, error }) => !data && error) && (
        <QueryFallback of={[days, totals, profile]} height={0} />
      )}
      <OtherDay day={session?.local_date} today={days.data?.daily_stats[0]?.date} />
    </>
  );
}

/** The notice of a session from before midnight: its minutes are the day's of its start. */
function OtherDay({ day, today }: { day?: string; today?: string }) {
  const ago = day && today ? daysBetween(day, today) : 0;
  if (!day || ago === 0) return null;
  return (
    <p className="notice">
      {ago === 1
        ? text.focus.beganYesterday
        : text.focus.beganOn(calendarDay(day, { day: "numeric", month: "long" }))}
    </p>
  );
}
