import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../../../api/client";
import { isolated } from "../../../format";
import { Confirm } from "../../../parts/forms/Confirm";
import { useOnce } from "../../../parts/forms/useOnce";
import { ErrorNotice } from "../../../parts/notices/Feedback";
import { refreshFigures } from "../../../queries/changes";
import { text } from "../../../text";
import { ProviderIcon } from "../../../ways/others/icons";
import { proven } from "../../../ways/proof/proof";

const words = text.ways.linked;

/** An account elsewhere that signs in here, also of a service that is offered no more. */
export function LinkedRow({ linked }: { linked: Schemas["LinkedIdentity"] }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const unlink = useMutation({
    mutationFn: () =>
      proven(() =>
        data(
          api.DELETE("/api/auth/identities/{identity_id}", {
            params: { path: { identity_id: linked.id } },
          }),
        ),
      ),
    onSettled: () => refreshFigures(client, "identities"),
  });
  const unlinkOnce = useOnce(unlink.mutateAsync);
  const name = isolated(linked.name);
  return (
    <li data-current>
      <ProviderIcon id={linked.provider ?? ""} />
      <div>
        <strong>
          <bdi>{linked.name}</bdi>
        </strong>
        <p className="soft">{linked.email ? words.as(isolated(linked.email)) : words.isLinked}</p>
      </div>
      <button
        type="button"
        className="button plain small"
        disabled={unlink.isPending}
        aria-label={words.unlinkOf(name)}
        onClick={() => setAsking(true)}
      >
        {words.unlink}
      </button>
      <ErrorNotice error={unlink.error} />
      <Confirm
        title={words.unlinkTitle(name)}
        open={isAsking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          unlinkOnce();
        }}
        yes={words.unlink}
        no={text.settings.cancel}
      >
        <p>{words.unlinkText}</p>
      </Confirm>
    </li>
  );
}
