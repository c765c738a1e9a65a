import { timeOfDay } from "../../format";
import { usePreferences } from "../../queries/preferences";

/** How a moment is told by the user's clock: in a zone, else in that of the device. */
export function useTimeOfDay(zone?: string): (moment: number | string) => string {
  const { clock } = usePreferences();
  return (moment) => timeOfDay(moment, clock, zone);
}
