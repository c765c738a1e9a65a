import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { duration, number } from "../format";
import { ProgressRing } from "../parts/figures/ProgressRing";
import { QueryFallback } from "../parts/notices/Feedback";
import { useMe } from "../queries/queries";
import { today, type TodayStats } from "../queries/today";
import { text } from "../text";
import { Ground } from "./Ground";
import { Freezes } from "./Streak";
import { WeekDots } from "./WeekDots";

const words = text.today.day;

/** The day at a glance: its goal, the kept streak, and what has grown. */
export function DayCard() {
  const told = useQuery(today);
  const profile = useMe();
  const day = told.data;
  return (
    <section className="card day" aria-label={words.title}>
      <dl>
        <div className="figure today">
          <dt>{words.title}</dt>
          <dd>{day ? <Goal day={day} /> : "…"}</dd>
        </div>
        <div className="figure" data-tone="streak">
          <dt>{words.streak}</dt>
          <dd>{day ? text.days(day.streak.length) : "…"}</dd>
          {day && day.streak.best > day.streak.length && (
            <dd className="hint">{words.best(day.streak.best)}</dd>
          )}
        </div>
        <div className="figure" data-tone="xp">
          <dt>{words.level}</dt>
          <dd>{profile.data ? number(profile.data.lvl) : "…"}</dd>
        </div>
      </dl>
      {day && (
        <>
          <WeekDots days={day.week.days} today={day.date} />
          {day.streak.length > 0 && <Freezes streak={day.streak} />}
          <WeekGoal week={day.week} />
          <Ground date={day.date} />
        </>
      )}
      {!day && <QueryFallback of={[told]} height={190} />}
      {!profile.data && profile.error && <QueryFallback of={[profile]} height={0} />}
    </section>
  );
}

function Goal({
  day: { focus_min, manual_min, goal_min, sessions_completed },
}: {
  day: TodayStats;
}) {
  const done = focus_min + manual_min;
  if (goal_min === null) {
    return (
      <>
        <span className="total">{duration(done)}</span>
        {manual_min > 0 && <span className="hint told">{words.told(manual_min)}</span>}
        {sessions_completed > 0 ? (
          <span className="hint">{words.sessions(sessions_completed)}</span>
        ) : (
          <Link className="hint" to="/settings">
            {words.noGoal}
          </Link>
        )}
      </>
    );
  }
  const share = Math.min(1, done / goal_min);
  return (
    <>
      <ProgressRing
        share={share}
        told={Math.min(share, manual_min / goal_min)}
        label={words.goal(done, goal_min)}
        size={128}
        line={12}
      >
        <span className="total">{duration(done)}</span>
        <span className="hint">{words.of(goal_min)}</span>
      </ProgressRing>
      {manual_min > 0 && <span className="hint told">{words.told(manual_min)}</span>}
    </>
  );
}

function WeekGoal({ week }: { week: TodayStats["week"] }) {
  if (week.goal_min === null) return null;
  const done = week.focus_min + week.manual_min;
  const share = (minutes: number) => `${Math.min(100, (100 * minutes) / (week.goal_min ?? 1))}%`;
  return (
    <div className="week-goal">
      <p>
        {words.week}{" "}
        <span className="soft">{words.weekGoal(duration(done), duration(week.goal_min))}</span>
      </p>
      <div className="bar" aria-hidden="true">
        <i style={{ inlineSize: share(week.focus_min) }} />
        <i className="told" style={{ inlineSize: share(week.manual_min) }} />
      </div>
    </div>
  );
}
