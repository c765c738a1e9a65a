import { useQuery } from "@tanstack/react-query";

import type { Schemas } from "../../api/client";
import { useServerNow } from "../../parts/time/useServerNow";
import { QueryFallback } from "../../parts/notices/Feedback";
import { plan, usePlan } from "../../queries/plan";
import { text } from "../../text";
import { SectionHead } from "../SectionHead";
import { useMoments } from "../time";
import { DaysOff } from "./DaysOff";
import { Goals } from "./Goals";
import "../../styles/you/plan.css";

/** What one means to do, and the days on which nothing is asked. */
export function PlanAndRest({ user }: { user: Schemas["User"] }) {
  const asked = useQuery(plan);
  const shown = usePlan();
  const now = useServerNow(false);
  const today = useMoments(user.timezone).date(now);
  return (
    <>
      <SectionHead title={text.settings.names.plan} lead={text.settings.plan.lead} />
      {shown ? <Goals plan={shown} today={today} /> : <QueryFallback of={[asked]} height={420} />}
      <DaysOff today={today} />
    </>
  );
}
