import { useQuery } from "@tanstack/react-query";

import { QueryFallback } from "../parts/notices/Feedback";
import { hours } from "../queries/figures";
import { usePreferences } from "../queries/preferences";
import { text } from "../text";
import { Columns } from "./chart/Columns";
import { hourName } from "./chart/short";
import { DataTable } from "./DataTable";
import { bestHours } from "./days";
import { minuteLines } from "./words";

const words = text.insight;

/** The hours of the day in which sessions begin, 24 columns. */
export function HoursCard({ from, to }: { from: string; to: string }) {
  const found = useQuery(hours({ from, to }));
  const { clock } = usePreferences();
  if (!found.data) return <QueryFallback of={[found]} height={380} />;
  const best = bestHours(found.data);
  const named = found.data.map((minutes, hour) => ({
    key: String(hour),
    name: words.hourName(hourName(hour, clock), hourName(hour + 1, clock)),
    minutes,
  }));
  return (
    <section className="card">
      <div className="card-lead">
        <h2>{words.hours}</h2>
        <p className="soft">
          {best
            ? words.bestHours(hourName(best.from, clock), hourName(best.from + 2, clock))
            : words.nothing}
        </p>
      </div>
      <Columns
        title={words.hours}
        labelEvery={6}
        columns={named.map(({ key, name, minutes }, hour) => ({
          key,
          label: hourName(hour, clock),
          name,
          parts: [{ kind: "focus", minutes }],
          lines: minuteLines(minutes, 0),
        }))}
      >
        <p className="soft fine">{words.hoursHint}</p>
        <DataTable
          title={words.hours}
          heads={[words.hour, words.minutesHead]}
          rows={named.map(({ key, name, minutes }) => ({ key, cells: [name, minutes] }))}
        />
      </Columns>
    </section>
  );
}
