import type { Schemas } from "../api/client";
import { calendarDay, percent } from "../format";
import { text } from "../text";
import { Columns } from "./chart/Columns";
import { DataTable } from "./DataTable";
import { type Day, sum } from "./days";
import { minuteLines } from "./words";

const words = text.insight;

type Props = { days: Day[]; trends: Schemas["Trend"][] };

/** Twelve months; the one that runs is compared with the same days of the one before. */
export function MonthsCard({ days, trends }: Props) {
  const months = [...trends].reverse().map((trend) => {
    const month = trend.period_start.slice(0, 7);
    const told = sum(days.filter(({ date }) => date.startsWith(month))).told;
    return { ...trend, told };
  });
  const change = percent(trends[0]?.change_pct ?? null);
  return (
    <section className="card">
      <div className="card-lead">
        <h2>{words.months}</h2>
        <p className="soft">{change === null ? words.monthAlone : words.monthChange(change)}</p>
      </div>
      <Columns
        title={words.months}
        columns={months.map(({ period_start, focus_min, told, change_pct }, n) => ({
          key: period_start,
          label: calendarDay(period_start, { month: "short" }),
          name: calendarDay(period_start, { month: "long", year: "numeric" }),
          parts: [
            { kind: "focus", minutes: focus_min },
            { kind: "told", minutes: told },
          ],
          lines: [
            ...minuteLines(focus_min, told),
            ...(change_pct === null || n === months.length - 1
              ? []
              : [words.changeLine(percent(change_pct) ?? words.none)]),
          ],
        }))}
      >
        <DataTable
          title={words.months}
          heads={[words.month, words.minutesHead, words.toldHead, words.change]}
          rows={[...months].reverse().map(({ period_start, focus_min, told, change_pct }) => ({
            key: period_start,
            cells: [
              calendarDay(period_start, { month: "long", year: "numeric" }),
              focus_min,
              told,
              percent(change_pct) ?? words.none,
            ],
          }))}
        />
      </Columns>
    </section>
  );
}
