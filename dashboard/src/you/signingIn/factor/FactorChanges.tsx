import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "../../../api/client";
import { Confirm } from "../../../parts/forms/Confirm";
import { useOnce } from "../../../parts/forms/useOnce";
import { ErrorNotice } from "../../../parts/notices/Feedback";
import { refreshFigures } from "../../../queries/changes";
import { secondFactor } from "../../../queries/ways";
import { text } from "../../../text";
import { proven } from "../../../ways/proof/proof";

const words = text.ways.factor;

/** What can be done with a second step that is on. */
export function FactorChanges({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const client = useQueryClient();
  const left = useQuery(secondFactor).data?.recovery_codes_left;
  const [asks, setAsks] = useState<"codes" | "off" | null>(null);
  const close = () => setAsks(null);
  const renew = useMutation({
    mutationFn: () => proven(() => data(api.POST("/api/auth/recovery-codes"))),
    onSuccess: (made) => {
      onCodes(made.recovery_codes);
      void refreshFigures(client, "second-factor");
    },
  });
  const turnOff = useMutation({
    mutationFn: () => proven(() => data(api.DELETE("/api/auth/totp"))),
    onSettled: () => refreshFigures(client, ["profile", "second-factor"]),
  });
  const act = asks === "codes" ? renew : turnOff;
  const once = useOnce(() => {
    close();
    return act.mutateAsync();
  });
  return (
    <div className="setting" data-tall>
      {left !== undefined && <p className="setting-hint">{words.codesLeft(left)}</p>}
      <div className="row">
        <button type="button" className="button plain small" onClick={() => setAsks("codes")}>
          {words.newCodes}
        </button>
        <button type="button" className="button plain small warns" onClick={() => setAsks("off")}>
          {words.turnOff}
        </button>
      </div>
      <ErrorNotice error={renew.error ?? turnOff.error} />
      <Confirm
        title={asks === "off" ? words.offTitle : words.newTitle}
        open={asks !== null}
        onClose={close}
        onYes={once}
        yes={asks === "off" ? words.turnOff : words.newYes}
        no={words.cancel}
      >
        <p>{asks === "off" ? words.offText : words.newText}</p>
      </Confirm>
    </div>
  );
}
