import { duration } from "../../format";
import type { MarkedDay } from "../../queries/history";
import { text } from "../../text";
import { MarkShape } from "../calendar/MarkShape";
import { fullDay } from "../entry/times";
import { dayAfter } from "../entry/zoned";

const words = text.history;

type Props = {
  date: string;
  day: MarkedDay | undefined;
  today: string;
  onOpen: (date: string | undefined) => void;
};

/** The head of a day that is open by itself: what it came to, in words, and its neighbours. */
export function DayHead({ date, day, today, onOpen }: Props) {
  const why = day?.mark ? words.calendar.why[day.mark] : "";
  const goal = day?.goal_min ?? null;
  return (
    <section className="card day-head">
      <div className="heading">
        <h2>{fullDay(date, today)}</h2>
        <button type="button" className="link-button" onClick={() => onOpen(undefined)}>
          {words.day.back}
        </button>
      </div>
      {day !== undefined && (
        <div className="day-sum">
          {day.mark !== null && <MarkShape shape={day.met ? "met" : day.mark} />}
          <div>
            <p className="big">{sumOf(day)}</p>
            {why !== "" && <p className="soft">{why}</p>}
            {goal !== null && (
              <p className="soft">
                {words.day.goal(duration(goal))} · {day.met ? words.day.met : words.day.notMet}
              </p>
            )}
          </div>
        </div>
      )}
      <div className="row">
        <button type="button" className="button plain" onClick={() => onOpen(dayAfter(date, -1))}>
          {words.day.before}
        </button>
        <button
          type="button"
          className="button plain"
          disabled={date >= today}
          onClick={() => onOpen(dayAfter(date, 1))}
        >
          {words.day.after}
        </button>
      </div>
    </section>
  );
}

function sumOf({ focus_min, manual_min }: MarkedDay): string {
  if (manual_min === 0) return words.day.sum(duration(focus_min));
  return focus_min === 0
    ? words.day.told(duration(manual_min))
    : words.day.both(duration(focus_min), duration(manual_min));
}
