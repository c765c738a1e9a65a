import { calendarDay, duration, percent } from "../format";
import { text } from "../text";
import type { Schemas } from "../api/client";
import { Columns } from "./chart/Columns";
import { DataTable } from "./DataTable";
import { type Day, type WeekOfDays, weeksOf } from "./days";
import { minuteLines } from "./words";

const words = text.insight;
const WEEKS = 12;

type Props = { days: Day[]; trends: Schemas["Trend"][] };

/** Twelve weeks, each with the part up to today's weekday: that part can be compared. */
export function WeeksCard({ days, trends }: Props) {
  const weeks = weeksOf(days).slice(-WEEKS);
  const today = days.at(-1)?.date ?? "";
  const changes = new Map(trends.map((trend) => [trend.period_start, trend.change_pct]));
  const upTo = words.same(calendarDay(today, { weekday: "long" }));
  return (
    <section className="card">
      <div className="card-lead">
        <h2>{words.compared}</h2>
        <p className="soft">{soFar(weeks)}</p>
      </div>
      <Columns
        title={words.compared}
        rest={words.rest}
        columns={weeks.map(({ start, whole, same }) => ({
          key: start,
          label: calendarDay(start, { day: "numeric", month: "short" }),
          name: words.weekOf(calendarDay(start, { day: "numeric", month: "long" })),
          parts: [
            { kind: "focus", minutes: same.focus },
            { kind: "rest", minutes: whole.focus - same.focus },
            { kind: "told", minutes: whole.told },
          ],
          lines: [
            ...minuteLines(whole.focus, whole.told),
            ...(whole.focus > same.focus ? [`${upTo}: ${duration(same.focus)}`] : []),
          ],
        }))}
      >
        <DataTable
          title={words.compared}
          heads={[words.week, words.minutesHead, words.sameHead, words.toldHead, words.change]}
          rows={[...weeks].reverse().map(({ start, whole, same }) => ({
            key: start,
            cells: [
              calendarDay(start, { dateStyle: "medium" }),
              whole.focus,
              same.focus,
              whole.told,
              percent(changes.get(start) ?? null) ?? words.none,
            ],
          }))}
        />
      </Columns>
    </section>
  );
}

/** This week beside the same days of the one before, in words. */
function soFar(weeks: WeekOfDays[]): string {
  const now = weeks.at(-1)?.same.focus ?? 0;
  const before = weeks.at(-2)?.same.focus ?? 0;
  if (before === 0) return words.firstWeekOfTwo;
  if (now === before) return words.level;
  return now > before ? words.ahead(duration(now - before)) : words.behind(duration(before - now));
}
