import { byClock, type Clock, inZone } from "../format";
import { text } from "../text";

/** A moment as weekday and time, by the user's clock and in their zone. */
export const weekdayTime = (moment: string, zone: string, clock: Clock): string =>
  inZone(zone, (timeZone) =>
    new Date(moment).toLocaleString(text.locale, {
      weekday: "long",
      ...byClock(clock),
      timeZone,
    }),
  );
