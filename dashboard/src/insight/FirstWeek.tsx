import { Link } from "wouter";

import { calendarDay, duration } from "../format";
import { text } from "../text";
import { type Day, dateAfter, inAll, lived } from "./days";
import { warmth } from "./heat";
import { dayLines, fullDay } from "./words";

const words = text.insight;

/** The week of the first session, in the place of axes that have nothing to show yet. */
export function FirstWeek({ days }: { days: Day[] }) {
  const today = days.at(-1);
  if (!today) return null;
  const first = lived(days)[0]?.date ?? today.date;
  const known = new Map(days.map((day) => [day.date, day]));
  const focused = lived(days).filter((day) => inAll(day) > 0).length;
  const dates = Array.from({ length: 7 }, (_, n) => dateAfter(first, n));
  return (
    <section className="card lead-card first-week">
      <div className="card-lead">
        <h2>{focused > 0 ? words.firstTitle : words.firstNone}</h2>
        <p>{focused > 0 ? words.firstText(focused) : words.firstNoneText}</p>
      </div>
      <ol className="seven">
        {dates.map((date) => (
          <Slot key={date} date={date} day={known.get(date)} isToday={date === today.date} />
        ))}
      </ol>
      <div className="row spread">
        <p className="soft">
          {words.firstNext(calendarDay(dateAfter(first, 7), { weekday: "long" }))}
        </p>
        <Link className="button" to="/">
          {words.toFocus}
        </Link>
      </div>
    </section>
  );
}

function Slot({ date, day, isToday }: { date: string; day?: Day; isToday: boolean }) {
  const minutes = day ? inAll(day) : 0;
  const name = [fullDay(date), ...(day ? dayLines(day) : [])].join(", ");
  return (
    <li data-today={isToday} data-ahead={day === undefined}>
      <span className="visually-hidden">{name}</span>
      <span className="weekday" aria-hidden="true">
        {calendarDay(date, { weekday: "short" })}
      </span>
      <span className={`seed heat-${warmth(minutes)}`} aria-hidden="true">
        {minutes > 0 && <Sprout />}
      </span>
      <span className="soft" aria-hidden="true">
        {minutes > 0 ? duration(minutes) : " "}
      </span>
    </li>
  );
}

const Sprout = () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8">
    <path
      d="M12 20v-9m0 3c-4 0-6-2-6-5.500 4 0 6 2 6 5.500Zm0-2.500c3.500 0 5.500-2.300 5.500-5.500-3.500 0-5.500 2.300-5.500 5.500Z"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  </svg>
);
