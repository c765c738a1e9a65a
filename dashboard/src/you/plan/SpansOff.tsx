import { calendarDay } from "../../format";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { type DayOff, type Span, useGiveDaysOffBack } from "../../queries/plan";
import { text } from "../../text";
import { daysIn, spansOf } from "./days";
import { OffMark } from "./OffMark";

const words = text.settings.plan;
const shown = (date: string) => calendarDay(date, { day: "numeric", month: "short" });

/** The days off that can be given back, as spans. */
export function SpansOff({ days, reach }: { days: DayOff[]; reach: Span }) {
  const giveBack = useGiveDaysOffBack();
  const giveBackOnce = useOnce(giveBack.mutateAsync);
  const spans = spansOf(days.filter(({ date }) => date >= reach.from));
  if (spans.length === 0) {
    return (
      <div className="off-none">
        <strong>{words.noneOff}</strong>
        <p className="soft">{words.noneOffText}</p>
      </div>
    );
  }
  return (
    <>
      <ul className="spans-off">
        {spans.map(({ from, to, kind }) => {
          const span = from === to ? shown(from) : words.span(shown(from), shown(to));
          return (
            <li key={from}>
              <OffMark kind={kind} />
              <span>
                <strong>{span}</strong>
                <span className="soft">
                  {words.kinds[kind]} · {text.days(daysIn(from, to))}
                </span>
              </span>
              <button
                type="button"
                className="button plain small"
                aria-label={words.giveBackOf(span)}
                disabled={giveBack.isPending}
                onClick={() => giveBackOnce({ from, to })}
              >
                {words.giveBack}
              </button>
            </li>
          );
        })}
      </ul>
      <ErrorNotice error={giveBack.error} />
    </>
  );
}
