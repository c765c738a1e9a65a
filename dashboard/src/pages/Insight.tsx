import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { calendarDay, duration, percent } from "../format";
import { Bars } from "../insight/Bars";
import { Heatmap } from "../insight/Heatmap";
import type { Minutes } from "../insight/MinutesTable";
import { Choices } from "../parts/forms/Choices";
import { useTitle } from "../parts/title";
import { daily, stats, trends, useMe } from "../queries/queries";
import { QueryFallback } from "../parts/notices/Feedback";
import { text } from "../text";
import "../styles/insight.css";

const words = text.insight;
const RANGES = [7, 30, 90].map((n) => [n, words.range(n)] as const);

export default function Insight() {
  useTitle(`${words.title} · ${text.name}`);
  return (
    <>
      <h1>{words.title}</h1>
      <Figures />
      <Days />
      <Trends />
      <Year />
    </>
  );
}

function Figures() {
  const totals = useQuery(stats);
  const today = useQuery(daily(1));
  const profile = useMe();
  if (!totals.data || !today.data || !profile.data) {
    return <QueryFallback of={[totals, today, profile]} height={96} />;
  }
  const focused = today.data.daily_stats[0]?.focus_min ?? 0;
  const streak = totals.data.current_streak;
  const zone = profile.data.timezone;
  const figures = [
    [words.today, duration(focused)],
    [words.streak, text.days(streak)],
    [words.best, text.days(totals.data.best_streak)],
    [words.total, duration(totals.data.total_focus_min)],
    [words.count, totals.data.total_sessions.toLocaleString("en")],
  ];
  return (
    <>
      <dl className="figures">
        {figures.map(([name, value]) => (
          <div className="figure" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="notice">
        {streak === 0
          ? words.noStreak
          : focused > 0
            ? words.aliveTomorrow(zone)
            : words.aliveToday(zone)}
      </p>
    </>
  );
}

function Days() {
  const [range, setRange] = useState(7);
  const days = useQuery(daily(range));
  const columns = [...(days.data?.daily_stats ?? [])]
    .reverse()
    .map(({ date, focus_min }): Minutes => ({
      key: date,
      label: calendarDay(
        date,
        range === 7 ? { weekday: "short" } : { day: "numeric", month: "short" },
      ),
      minutes: focus_min,
    }));
  return (
    <section className="card">
      <div className="heading">
        <h2>{words.lastDays}</h2>
        <Choices
          legend={words.lastDays}
          unseen
          name="range"
          choices={RANGES}
          chosen={range}
          onChoose={setRange}
        />
      </div>
      {days.data ? (
        <Bars
          title={`${words.lastDays}, ${words.range(range)}`}
          columns={columns}
          head={words.day}
        />
      ) : (
        <QueryFallback of={[days]} height={220} />
      )}
    </section>
  );
}

function Trends() {
  const found = useQuery(trends);
  if (!found.data) return <QueryFallback of={[found]} height={260} />;
  const parts = [
    [
      words.weeks,
      words.weekSoFar,
      found.data.weekly,
      words.week,
      { day: "numeric", month: "short" },
    ],
    [words.months, words.monthSoFar, found.data.monthly, words.month, { month: "short" }],
  ] as const;
  return (
    <div className="pair">
      {parts.map(([title, soFar, periods, head, shape]) => (
        <section className="card" key={title}>
          <div className="heading">
            <h2>{title}</h2>
            <span className="soft">{soFar(percent(periods[0]?.change_pct ?? null))}</span>
          </div>
          <Bars
            title={title}
            head={head}
            columns={[...periods].reverse().map((period) => ({
              key: period.period_start,
              label: calendarDay(period.period_start, shape),
              minutes: period.focus_min,
              note: percent(period.change_pct) ?? words.none,
            }))}
          />
        </section>
      ))}
    </div>
  );
}

function Year() {
  const days = useQuery(daily(365));
  return (
    <section className="card">
      <h2>{words.year}</h2>
      {days.data ? (
        <Heatmap days={[...days.data.daily_stats].reverse()} />
      ) : (
        <QueryFallback of={[days]} height={140} />
      )}
    </section>
  );
}
