import { useQuery } from "@tanstack/react-query";

import { useMe } from "../../queries/queries";
import { today } from "../../queries/today";
import { text } from "../../text";

const words = text.done.tomorrow;

/** What tomorrow needs: what a session does to the streak, and until when nothing is lost. */
export function Tomorrow() {
  const streak = useQuery(today).data?.streak;
  const zone = useMe().data?.timezone;
  if (!streak || !zone) return null;
  const last = streak.at_risk_until;
  return (
    <p className="tomorrow">
      {streak.length > 0 ? words.grows(streak.length + 1) : words.starts}{" "}
      {streak.today === "focused" && last !== null && words.holds(lastDay(last, zone))}
    </p>
  );
}

/** The day that ends at a midnight of the user's zone. */
function lastDay(midnight: string, zone: string): string {
  const within = new Date(Date.parse(midnight) - 1000);
  const shown = (timeZone?: string) =>
    within.toLocaleDateString(text.locale, { weekday: "long", timeZone });
  try {
    return shown(zone);
  } catch {
    // A zone that this browser does not know.
    return shown();
  }
}
