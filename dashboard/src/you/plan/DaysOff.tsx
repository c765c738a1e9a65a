import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "../../api/errors";
import { calendarDay } from "../../format";
import { Segmented } from "../../parts/forms/Segmented";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice, QueryFallback } from "../../parts/notices/Feedback";
import { type DayOff, daysOff, type Span, useTakeDaysOff } from "../../queries/plan";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { dayAfter, daysIn } from "./days";
import { OffCalendar } from "./OffCalendar";
import { SpansOff } from "./SpansOff";

const words = text.settings.plan;
const DAYS_BACK = 14;
const DAYS_AHEAD = 365;
const MOST_AT_ONCE = 60;
const shown = (date: string) => calendarDay(date, { day: "numeric", month: "short" });

/** The refusal of days off, in words that say what to do. */
function inWords(error: Error | null): Error | null {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "TOO_MANY_DAYS_OFF") return new Error(words.tooMany);
  if (code === "DAY_OUT_OF_REACH") return new Error(words.outOfReach);
  return error;
}

/** The days off: a calendar to choose from, and those that are taken. */
export function DaysOff({ today }: { today: string }) {
  const asked = useQuery(daysOff);
  const [chosen, setChosen] = useState<Span | null>(null);
  const [kind, setKind] = useState<DayOff["kind"]>("away");
  const take = useTakeDaysOff();
  const takeOnce = useOnce(take.mutateAsync);
  const days = asked.data?.days ?? [];
  const reach = { from: dayAfter(today, -DAYS_BACK), to: dayAfter(today, DAYS_AHEAD) };
  const year = today.slice(0, 4);
  const taken = days.filter(({ date }) => date.startsWith(year)).length;
  const count = chosen ? daysIn(chosen.from, chosen.to) : 0;
  const choose = (day: string) => {
    take.reset();
    setChosen((before) =>
      before === null || before.from !== before.to
        ? { from: day, to: day }
        : day < before.from
          ? { from: day, to: before.to }
          : { from: before.from, to: day },
    );
  };
  return (
    <Group title={words.off} lead={words.offLead} foot={words.yearUsed(taken, year)}>
      {!asked.data && <QueryFallback of={[asked]} height={420} />}
      {asked.data && (
        <div className="off">
          <OffCalendar days={days} today={today} reach={reach} chosen={chosen} onChoose={choose} />
          <div className="off-beside">
            <p className={chosen ? undefined : "soft"} aria-live="polite">
              {chosen === null
                ? words.choose
                : chosen.from === chosen.to
                  ? `${shown(chosen.from)}. ${words.chooseLast}`
                  : words.chosen(shown(chosen.from), shown(chosen.to), count)}
            </p>
            {chosen && count <= MOST_AT_ONCE && (
              <div className="row">
                <Segmented
                  legend={words.kind}
                  isLegendHidden
                  choices={[
                    ["away", words.kinds.away],
                    ["ill", words.kinds.ill],
                  ]}
                  chosen={kind}
                  onChoose={setKind}
                />
                <button
                  type="button"
                  className="button small"
                  disabled={take.isPending}
                  onClick={() =>
                    takeOnce({ ...chosen, kind }, { onSuccess: () => setChosen(null) })
                  }
                >
                  {words.take(count)}
                </button>
              </div>
            )}
            {count > MOST_AT_ONCE && <p className="notice error">{words.tooLong}</p>}
            <ErrorNotice error={inWords(take.error)} />
            <SpansOff days={days} reach={reach} />
          </div>
        </div>
      )}
    </Group>
  );
}
