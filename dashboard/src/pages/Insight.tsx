import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";

import type { Schemas } from "../api/client";
import { type Day, lived, sum } from "../insight/days";
import { DaysCard } from "../insight/DaysCard";
import { FirstWeek } from "../insight/FirstWeek";
import { HoursCard } from "../insight/HoursCard";
import { LabelsCard } from "../insight/LabelsCard";
import { MonthsCard } from "../insight/MonthsCard";
import { ShareButton } from "../insight/share/ShareButton";
import { Totals } from "../insight/Totals";
import { WeeksCard } from "../insight/WeeksCard";
import { YearCard } from "../insight/YearCard";
import { Segmented } from "../parts/forms/Segmented";
import { QueryFallback } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { year } from "../queries/figures";
import { stats, trends } from "../queries/queries";
import { text } from "../text";
import "../styles/insight.css";
import "../styles/labels.css";

const words = text.insight;
const RANGES = [7, 30, 90, 365];
const CHOICES = RANGES.map((n) => [n, words.range(n)] as const);

export default function Insight() {
  useTitle(`${words.title} · ${text.name}`);
  const [search, setSearch] = useSearchParams();
  const range = RANGES.find((n) => String(n) === search.get("days")) ?? 7;
  const days = useQuery(year);
  const totals = useQuery(stats);
  const isFirst = days.data && totals.data && isFirstWeek(days.data, totals.data);
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
        <div className="row">
          {isFirst === false && (
            <Segmented
              legend={words.ranges}
              isLegendHidden
              choices={CHOICES}
              chosen={range}
              onChoose={(n) => setSearch(n === 7 ? {} : { days: String(n) }, { replace: true })}
            />
          )}
          {days.data && <ShareButton days={days.data} />}
        </div>
      </div>
      {days.data && isFirst !== undefined ? (
        <Charts days={days.data} range={isFirst ? 7 : range} isFirst={isFirst} />
      ) : (
        <QueryFallback of={[days, totals]} height={420} />
      )}
    </>
  );
}

/** True from the first day until a week has passed: most charts would be empty axes. */
function isFirstWeek(days: Day[], totals: Schemas["UserStats"]): boolean {
  return lived(days).length < 7 && totals.total_sessions <= sum(days).sessions;
}

function Charts({ days, range, isFirst }: { days: Day[]; range: number; isFirst: boolean }) {
  const last = days.at(-1);
  const first = days.at(-range) ?? days[0];
  if (!last || !first) return null;
  const dates = { from: first.date, to: last.date };
  const isEmpty = lived(days).length === 0;
  return (
    <>
      {isFirst ? <FirstWeek days={days} /> : <DaysCard days={days} range={range} />}
      <Totals />
      {!isEmpty && (
        <div className="pair">
          <HoursCard {...dates} />
          <LabelsCard {...dates} />
        </div>
      )}
      {!isFirst && <Periods days={days} />}
      <YearCard days={days} />
    </>
  );
}

function Periods({ days }: { days: Day[] }) {
  const found = useQuery(trends);
  if (!found.data) return <QueryFallback of={[found]} height={380} />;
  return (
    <div className="pair">
      <WeeksCard days={days} trends={found.data.weekly} />
      <MonthsCard days={days} trends={found.data.monthly} />
    </div>
  );
}
