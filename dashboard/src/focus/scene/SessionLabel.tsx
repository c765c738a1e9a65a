import { useQuery } from "@tanstack/react-query";

import { useLabels } from "../../queries/labels";
import { now } from "../../queries/now";
import { usePreferences } from "../../queries/preferences";
import { text } from "../../text";

/** The label, the note and the round of the running session, shown quietly. */
export function SessionLabel({ session }: { session: string }) {
  const told = useQuery(now).data;
  const { breaks } = usePreferences();
  const own = told?.session?.id === session ? told.session : null;
  const label = useLabels(Boolean(own?.label_id))?.find(({ id }) => id === own?.label_id);
  const hasRounds = breaks && own !== null && told !== undefined;
  if (!label && !own?.note && !hasRounds) return null;
  return (
    <p className="session-label">
      {label && (
        <>
          <i style={{ background: `var(--label-${label.color})` }} aria-hidden="true" />
          <bdi>{label.name}</bdi>
        </>
      )}
      {own?.note && <bdi className="session-note">{own.note}</bdi>}
      {hasRounds && (
        <span className="session-note">{text.running.round(told.round, told.rounds)}</span>
      )}
    </p>
  );
}
