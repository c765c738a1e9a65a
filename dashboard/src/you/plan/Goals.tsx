import { calendarDay, duration } from "../../format";
import { type Plan, useChangePlan, type Weekday } from "../../queries/plan";
import { usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { Row } from "../rows/Row";
import { savingOf } from "../rows/saving";
import { WEEKDAYS, weekdayNames, weekFrom } from "../weekdays";
import { GoalRow } from "./GoalRow";

const words = text.settings.plan;
const A_DAY = { most: 1440, step: 15, usual: 90, presets: [30, 60, 120, 240] };
const A_WEEK = { most: 10_080, step: 60, usual: 420, presets: [300, 600, 1200, 1800] };

/** The goals of a day and a week, and the weekdays that they are for. */
export function Goals({ plan, today }: { plan: Plan; today: string }) {
  const { daily_min, weekly_min, weekdays, from_date } = plan;
  const since =
    from_date === null
      ? words.never
      : from_date >= today
        ? words.sinceToday
        : words.since(calendarDay(from_date, { dateStyle: "long" }));
  const foot = `${since} ${from_date !== null && from_date >= today ? "" : words.holds}`;
  return (
    <Group title={words.goals} foot={foot}>
      <GoalRow
        field="daily_min"
        title={words.daily}
        hint={
          daily_min === null
            ? words.dailyHint
            : words.suits(weekdays.length, duration(daily_min * weekdays.length))
        }
        value={daily_min}
        {...A_DAY}
      />
      <GoalRow
        field="weekly_min"
        title={words.weekly}
        hint={words.weeklyHint}
        value={weekly_min}
        {...A_WEEK}
      />
      <Weekdays chosen={weekdays} />
    </Group>
  );
}

function Weekdays({ chosen }: { chosen: Weekday[] }) {
  const change = useChangePlan();
  const start = usePreferences().week_start;
  const [short, long] = [weekdayNames("short"), weekdayNames("long")];
  const turn = (day: Weekday) => {
    const now = WEEKDAYS.filter((one) => (one === day) !== chosen.includes(one));
    change.mutate({ weekdays: now });
  };
  return (
    <Row title={words.weekdays} hint={words.weekdaysHint} saving={savingOf(change)} tall>
      <div className="weekdays" role="group" aria-label={words.weekdays}>
        {weekFrom(start).map((day) => {
          const isLast = chosen.length === 1 && chosen[0] === day;
          return (
            <button
              key={day}
              type="button"
              aria-pressed={chosen.includes(day)}
              aria-disabled={isLast}
              title={isLast ? words.oneDay : undefined}
              onClick={() => !isLast && turn(day)}
            >
              <span aria-hidden="true">{short[day]}</span>
              <span className="visually-hidden">{long[day]}</span>
            </button>
          );
        })}
      </div>
      {chosen.length === 1 && <p className="setting-hint">{words.oneDay}</p>}
    </Row>
  );
}
