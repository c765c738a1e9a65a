import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "../../../api/client";
import { ApiError } from "../../../api/errors";
import { useOnce } from "../../../parts/forms/useOnce";
import { ErrorNotice, QueryFallback } from "../../../parts/notices/Feedback";
import { refreshFigures } from "../../../queries/changes";
import { passkeys, useWaysIn } from "../../../queries/ways";
import { text } from "../../../text";
import { hasPasskeys, make, NoPasskey } from "../../../ways/passkey";
import { proven } from "../../../ways/proof/proof";
import { Group } from "../../rows/Group";
import { deviceOf } from "../device";
import { PasskeyRow } from "./PasskeyRow";

const words = text.ways.passkeys;

/** Have this device make a passkey, named after it. */
async function add() {
  const options = await proven(() => data(api.POST("/api/auth/passkeys/options")));
  const name = deviceOf(navigator.userAgent).name;
  const body = { ...(await make(options)), name };
  return proven(() => data(api.POST("/api/auth/passkeys", { body })));
}

/** The passkeys of the account, and the making of another. */
export function Passkeys({ zone }: { zone: string }) {
  const client = useQueryClient();
  const found = useQuery(passkeys);
  const waysIn = useWaysIn();
  const [named, setNamed] = useState<string | null>(null);
  const adding = useMutation({
    mutationFn: add,
    onSuccess: async (made) => {
      await refreshFigures(client, "passkeys");
      // A name that tells it from others is the next thing to think of.
      setNamed(made.id);
    },
  });
  const addOnce = useOnce(adding.mutateAsync);
  const all = found.data?.passkeys ?? [];
  return (
    <Group title={words.title} lead={words.lead}>
      {!found.data && <QueryFallback of={[found]} height={76} />}
      {all.length > 0 && (
        <ul className="keepings">
          {all.map((passkey) => (
            <PasskeyRow
              key={`${passkey.id} ${waysIn}`}
              passkey={passkey}
              zone={zone}
              isNamed={named === passkey.id}
              onName={(isOn) => setNamed(isOn ? passkey.id : null)}
            />
          ))}
        </ul>
      )}
      {found.data && (
        <div className="setting">
          <div className="setting-name">
            <p className="setting-hint">
              {!hasPasskeys() ? words.cannot : all.length === 0 && words.none}
            </p>
          </div>
          <div className="setting-control">
            <button
              type="button"
              className="button plain small"
              disabled={adding.isPending || !hasPasskeys()}
              onClick={() => addOnce()}
            >
              {words.add}
            </button>
          </div>
          <div className="setting-error">
            <Failure error={adding.error} />
          </div>
        </div>
      )}
    </Group>
  );
}

function Failure({ error }: { error: Error | null }) {
  const isThere =
    error instanceof ApiError ? error.code === "PASSKEY_KNOWN" : error instanceof DOMException;
  const said = isThere ? words.isThere : error instanceof NoPasskey ? words.notMade : null;
  if (said === null) return <ErrorNotice error={error} />;
  return (
    <p className="notice" role="status">
      {said}
    </p>
  );
}
