import { calendarDay, duration } from "../format";
import { text } from "../text";
import { type Column, Columns } from "./chart/Columns";
import { DataTable } from "./DataTable";
import { type Day, inAll, meanOf, sum, type Sum, weeksOf } from "./days";
import { dayLines, fullDay, minuteLines, toDay } from "./words";

const words = text.insight;

type Props = { days: Day[]; range: number };

/** The days of the range: what they came to in words, then one by one, a year by weeks. */
export function DaysCard({ days, range }: Props) {
  const cut = days.slice(-range);
  const total = sum(cut);
  const byWeek = range > 90;
  const mean = meanOf(cut, days);
  return (
    <section className="card lead-card">
      <div className="card-lead">
        <h2>{headline(cut, total, byWeek)}</h2>
        <Facts total={total} mean={mean} />
      </div>
      {byWeek ? <WeeksOfYear days={cut} /> : <EachDay days={cut} mean={mean} />}
    </section>
  );
}

function headline(days: Day[], { best }: Sum, byWeek: boolean): string {
  if (best === null) return words.quietRange;
  if (byWeek) {
    const weeks = weeksOf(days);
    const most = weeks.reduce((one, other) => (minutesOf(other) >= minutesOf(one) ? other : one));
    const day = calendarDay(most.start, { day: "numeric", month: "long" });
    return words.bestWeek(day, duration(minutesOf(most)));
  }
  const shape = days.length > 7 ? ({ day: "numeric", month: "long" } as const) : {};
  const day = calendarDay(best.date, { weekday: "long", ...shape });
  return words.bestDay(day, duration(inAll(best)));
}

const minutesOf = ({ whole }: { whole: Sum }) => whole.focus + whole.told;

function Facts({ total, mean }: { total: Sum; mean: number }) {
  const facts = [
    words.inRange(duration(total.focus), total.sessions),
    ...(total.told > 0 ? [words.ofItTold(duration(total.told))] : []),
    ...(mean > 0 ? [words.aDay(duration(Math.round(mean)))] : []),
    ...(total.asked > 0 ? [words.goals(total.met, total.asked)] : []),
  ];
  return (
    <ul className="facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

const parts = (focus: number, told: number): Column["parts"] => [
  { kind: "focus", minutes: focus },
  { kind: "told", minutes: told },
];

function EachDay({ days, mean }: { days: Day[]; mean: number }) {
  const label = (date: string) =>
    days.length > 7
      ? calendarDay(date, { day: "numeric", month: "short" })
      : calendarDay(date, { weekday: "short" });
  return (
    <Columns
      title={words.days}
      mean={mean}
      columns={days.map((day) => ({
        key: day.date,
        label: label(day.date),
        name: fullDay(day.date),
        parts: parts(day.focus_min, day.manual_min),
        lines: dayLines(day),
        to: toDay(day),
        goal: day.goal_min,
      }))}
    >
      <DataTable
        title={words.days}
        heads={[words.day, words.minutesHead, words.toldHead, words.goalHead]}
        rows={[...days].reverse().map((day) => ({
          key: day.date,
          cells: [
            fullDay(day.date),
            day.focus_min,
            day.manual_min,
            day.met === null ? words.none : day.met ? words.yes : words.no,
          ],
        }))}
      />
    </Columns>
  );
}

function WeeksOfYear({ days }: { days: Day[] }) {
  const weeks = weeksOf(days);
  return (
    <Columns
      title={words.weeksOfYear}
      columns={weeks.map(({ start, whole }) => ({
        key: start,
        label: calendarDay(start, { day: "numeric", month: "short" }),
        name: words.weekOf(calendarDay(start, { day: "numeric", month: "long" })),
        parts: parts(whole.focus, whole.told),
        lines: minuteLines(whole.focus, whole.told),
      }))}
    >
      <DataTable
        title={words.weeksOfYear}
        heads={[words.week, words.minutesHead, words.toldHead, words.sessionsHead]}
        rows={[...weeks].reverse().map(({ start, whole }) => ({
          key: start,
          cells: [
            calendarDay(start, { dateStyle: "medium" }),
            whole.focus,
            whole.told,
            whole.sessions,
          ],
        }))}
      />
    </Columns>
  );
}
