import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../../api/client";
import { calendarDay, isolated } from "../../format";
import { Confirm } from "../../parts/forms/Confirm";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { useServerNow } from "../../parts/time/useServerNow";
import { refreshFigures } from "../../queries/changes";
import { text } from "../../text";
import { useMoments } from "../time";

const words = text.ways.programs;

/** A token: its name and first letters, what it may do, its use and its end. */
export function TokenRow({ token, zone }: { token: Schemas["ApiToken"]; zone: string }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () =>
      data(
        api.DELETE("/api/auth/api-tokens/{api_token_id}", {
          params: { path: { api_token_id: token.id } },
        }),
      ),
    onSettled: () => refreshFigures(client, "api-tokens"),
  });
  const revokeOnce = useOnce(revoke.mutateAsync);
  const name = isolated(token.name);
  const now = useServerNow(false);
  const hasEnded = Date.parse(token.expires_at) <= now;
  const asked = hasEnded ? words.removeEnded : words.revoke;
  const may = token.scopes.map((scope) => words.scopes[scope] ?? scope);
  return (
    <li>
      <ProgramIcon />
      <div>
        <strong>
          <bdi>{token.name}</bdi>
        </strong>
        <Use token={token} zone={zone} hasEnded={hasEnded} />
      </div>
      <button
        type="button"
        className="button plain small"
        disabled={revoke.isPending}
        aria-label={asked.yesOf(name)}
        onClick={() => setAsking(true)}
      >
        {asked.yes}
      </button>
      <p className="soft keeping-more">
        {words.may} {new Intl.ListFormat(text.locale).format(may)}.
      </p>
      <ErrorNotice error={revoke.error} />
      <Confirm
        title={asked.title(name)}
        open={isAsking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          revokeOnce();
        }}
        yes={asked.yes}
        no={text.settings.cancel}
      >
        <p>{asked.text}</p>
      </Confirm>
    </li>
  );
}

type UseProps = { token: Schemas["ApiToken"]; zone: string; hasEnded: boolean };

function Use({ token, zone, hasEnded }: UseProps) {
  const moments = useMoments(zone);
  const end = moments.date(Date.parse(token.expires_at));
  const endsOn = calendarDay(end, { dateStyle: "medium" });
  const used = token.last_used_on;
  return (
    <p className="soft">
      <code dir="ltr">{token.prefix}…</code>
      <span>{used ? words.used(calendarDay(used, { dateStyle: "medium" })) : words.neverUsed}</span>
      <span className={hasEnded ? "has-ended" : undefined}>
        {hasEnded ? words.ended(endsOn) : words.endsOn(endsOn)}
      </span>
    </p>
  );
}

function ProgramIcon() {
  return (
    <svg className="way-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="m8 8-4 4 4 4m8-8 4 4-4 4m-2.5-10-3 12" />
    </svg>
  );
}
