import { useQuery } from "@tanstack/react-query";

import type { Schemas } from "../api/client";
import { type Clock, duration, number } from "../format";
import { Stat } from "../parts/figures/Stat";
import { QueryFallback } from "../parts/notices/Feedback";
import { usePreferences } from "../queries/preferences";
import { stats, useMe } from "../queries/queries";
import { today } from "../queries/today";
import { text } from "../text";
import { weekdayTime } from "./moment";

const words = text.insight;

/** All that was ever focused, and the streak: how long it lives without more. */
export function Totals() {
  const totals = useQuery(stats);
  const now = useQuery(today);
  const { clock } = usePreferences();
  const profile = useMe();
  if (!totals.data || !now.data || !profile.data) {
    return <QueryFallback of={[totals, now, profile]} height={132} />;
  }
  const { streak } = now.data;
  const { total_focus_min, total_sessions, best_streak } = totals.data;
  return (
    <section className="totals">
      <h2 className="visually-hidden">{words.totals}</h2>
      <dl className="figures">
        <Stat label={words.total} value={duration(total_focus_min)} />
        <Stat label={words.count} value={number(total_sessions)} />
        <Stat label={words.streak} value={text.days(streak.length)} tone="streak" />
        {/* Never less than what the boards say, which no freeze has helped. */}
        <Stat label={words.best} value={text.days(Math.max(streak.best, best_streak))} />
      </dl>
      <p className="soft">{streakLine(streak, profile.data.timezone, clock)}</p>
    </section>
  );
}

function streakLine(streak: Schemas["KeptStreak"], zone: string, clock: Clock): string {
  if (streak.length === 0 || streak.at_risk_until === null) return words.noStreak;
  if (streak.today === "focused") return words.safe;
  if (streak.today === "off") return words.dayOff;
  return words.alive(weekdayTime(streak.at_risk_until, zone, clock), zone);
}
