import { useQuery } from "@tanstack/react-query";

import { calendarDay } from "../format";
import { useTimeOfDay } from "../parts/time/useTimeOfDay";
import { useMe } from "../queries/queries";
import { today } from "../queries/today";
import { text } from "../text";
import { type Why, whyOf } from "./why";

const words = text.today.why;

function saidOf(why: Why, timeOfDay: (moment: string) => string): [string, string] {
  switch (why.kind) {
    case "first":
      return [words.first, words.firstLead];
    case "begin":
      return [words.begin, words.beginLead];
    case "keep":
      return [words.keep(why.days), words.keepLead(timeOfDay(why.until))];
    case "grow":
      return [words.grow(why.days), words.growLead(calendarDay(why.until, { weekday: "long" }))];
    case "off":
      return [words.off(why.days), words.offLead];
    case "safe":
      return [words.safe(why.days), words.safeLead];
    case "goalLeft":
      return [words.goalLeft(why.minutes), words.goalLeftLead(why.days)];
    case "goalMet":
      return [words.goalMet, words.goalMetLead(why.minutes)];
  }
}

/** The heading of Today: one line that says why, and one that says until when. */
export function WhyLine() {
  const told = useQuery(today).data;
  const zone = useMe().data?.timezone;
  const timeOfDay = useTimeOfDay(zone);
  const [title, lead] =
    told && zone !== undefined ? saidOf(whyOf(told, zone), timeOfDay) : [text.focus.title, ""];
  return (
    <header className="why" aria-busy={lead === ""}>
      <h1>{title}</h1>
      {/* A line of its height from the start: what is below it never moves. */}
      <p className="soft">{lead || "\u00a0"}</p>
    </header>
  );
}
