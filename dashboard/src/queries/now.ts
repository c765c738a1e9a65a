/** Where the user is between sessions: focus, a break, the rest of a plan, or idle. */
import { queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas } from "../api/client";
import { clock, steadily } from "../api/clock";
import { shared } from "./shared";

export type CurrentPhase = Schemas["CurrentPhase"];

/** Fetch the phase, and set the server's clock by it: a break counts down without a session. */
async function askNow(): Promise<CurrentPhase> {
  const askedAt = steadily();
  const told = await data(api.GET("/api/sessions/now"));
  clock.tell(Date.parse(told.server_time), askedAt, steadily());
  return told;
}

export const now = queryOptions({ queryKey: ["now"], queryFn: shared("timer", askNow) });
