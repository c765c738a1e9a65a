import { duration } from "../format";
import { usePreferences } from "../queries/preferences";
import { text } from "../text";
import { DataTable } from "./DataTable";
import { type Day, inAll, sum } from "./days";
import { Heatmap } from "./Heatmap";
import { fullDay } from "./words";

const words = text.insight;
/** Monday is 0, as in the days. */
const STARTS = { mon: 0, sat: 5, sun: 6 };

/** The year as squares: from the first day on at its full width. */
export function YearCard({ days }: { days: Day[] }) {
  const { week_start } = usePreferences();
  const last = days.slice(-365);
  const filled = last.filter((day) => inAll(day) > 0);
  const { focus, told } = sum(last);
  return (
    <section className="card">
      <div className="card-lead">
        <h2>{words.year}</h2>
        <p className="soft">
          {filled.length === 0
            ? words.yearEmpty
            : words.yearTotal(duration(focus + told), filled.length)}
        </p>
      </div>
      <Heatmap days={last} weekStart={STARTS[week_start]}>
        <DataTable
          title={words.year}
          heads={[words.day, words.minutesHead, words.toldHead]}
          rows={[...filled].reverse().map(({ date, focus_min, manual_min }) => ({
            key: date,
            cells: [fullDay(date), focus_min, manual_min],
          }))}
        />
      </Heatmap>
    </section>
  );
}
