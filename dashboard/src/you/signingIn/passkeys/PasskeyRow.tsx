import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../../../api/client";
import { isolated } from "../../../format";
import { Menu } from "../../../parts/floating/Menu";
import { Confirm } from "../../../parts/forms/Confirm";
import { useOnce } from "../../../parts/forms/useOnce";
import { ErrorNotice } from "../../../parts/notices/Feedback";
import { useServerNow } from "../../../parts/time/useServerNow";
import { refreshFigures } from "../../../queries/changes";
import { text } from "../../../text";
import { PasskeyIcon } from "../../../ways/others/icons";
import { proven } from "../../../ways/proof/proof";
import { useMoments } from "../../time";
import { Rename } from "./Rename";

const words = text.ways.passkeys;

type Props = {
  passkey: Schemas["Passkey"];
  zone: string;
  /** Its name is being changed. */
  isNamed: boolean;
  onName: (isOn: boolean) => void;
};

/** A passkey: its name, its use, and what can be done with it. */
export function PasskeyRow({ passkey, zone, isNamed, onName }: Props) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      proven(() =>
        data(
          api.DELETE("/api/auth/passkeys/{passkey_id}", {
            params: { path: { passkey_id: passkey.id } },
          }),
        ),
      ),
    onSettled: () => refreshFigures(client, "passkeys"),
  });
  const removeOnce = useOnce(remove.mutateAsync);
  return (
    <li>
      <PasskeyIcon />
      {isNamed ? (
        <Rename passkey={passkey} onDone={() => onName(false)} />
      ) : (
        <>
          <div>
            <strong>
              <bdi>{passkey.name}</bdi>
            </strong>
            <Use passkey={passkey} zone={zone} />
          </div>
          <Menu
            label={words.actions(isolated(passkey.name))}
            items={[
              { label: words.rename, act: () => onName(true) },
              { label: words.remove, act: () => setAsking(true), warns: true },
            ]}
          />
          <ErrorNotice error={remove.error} />
        </>
      )}
      <Confirm
        title={words.removeTitle(isolated(passkey.name))}
        open={isAsking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          removeOnce();
        }}
        yes={words.remove}
        no={text.settings.cancel}
      >
        <p>{words.removeText}</p>
      </Confirm>
    </li>
  );
}

function Use({ passkey, zone }: { passkey: Schemas["Passkey"]; zone: string }) {
  const now = useServerNow(false);
  const moments = useMoments(zone);
  const day = (moment: string) => moments.day(Date.parse(moment), now);
  return (
    <p className="soft">
      <span>{words.made(day(passkey.created_at))}</span>
      <span>{passkey.last_used_at ? words.used(day(passkey.last_used_at)) : words.neverUsed}</span>
      {passkey.backed_up && <span>{words.synced}</span>}
    </p>
  );
}
