/** What the garden is drawn by: whose day it is, where they live, and since when. */
import { clock } from "../api/clock";
import { useMe } from "../queries/queries";
import { usePreferences } from "../queries/preferences";
import { dateIn } from "./land/calendar";
import { type Hemisphere, hemisphereOf } from "./land/hemisphere";

export type Where = {
  /** Today's date where the user lives, and the one on which the account was opened. */
  today: string;
  since: string;
  hemisphere: Hemisphere;
  weekStart: "mon" | "sat" | "sun";
};

/** Undefined until the user is known: another zone would be another day. */
export function useWhere(): Where | undefined {
  const me = useMe().data;
  const { season, week_start } = usePreferences();
  if (!me) return undefined;
  const zone = me.timezone;
  return {
    today: dateIn(zone, clock.now()),
    since: dateIn(zone, Date.parse(me.created_at)),
    hemisphere: hemisphereOf(zone, season),
    weekStart: week_start,
  };
}
