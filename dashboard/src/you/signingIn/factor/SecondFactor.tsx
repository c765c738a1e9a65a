import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../../../api/client";
import { useOnce } from "../../../parts/forms/useOnce";
import { ErrorNotice } from "../../../parts/notices/Feedback";
import { refreshFigures } from "../../../queries/changes";
import { text } from "../../../text";
import { proven } from "../../../ways/proof/proof";
import { Group } from "../../rows/Group";
import { Row } from "../../rows/Row";
import { FactorChanges } from "./FactorChanges";
import { Enrolment, type Secret } from "./Enrolment";
import { RecoveryCodes } from "./RecoveryCodes";

const words = text.ways.factor;

type Props = { user: Schemas["User"] };

/** The second step of sign-ins: set up by a code, with kept codes for the worst. */
export function SecondFactor({ user }: Props) {
  const client = useQueryClient();
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const begin = useMutation({
    mutationFn: () => proven(() => data(api.POST("/api/auth/totp"))),
    onSuccess: setSecret,
  });
  const beginOnce = useOnce(begin.mutateAsync);
  const isOn = user.second_factor === true;
  const turnedOn = (made: string[]) => {
    setSecret(null);
    setCodes(made);
    void refreshFigures(client, "profile");
  };
  return (
    <Group title={words.title}>
      <Row title={words.name} hint={isOn ? words.onHint : words.offHint}>
        {isOn ? (
          <span className="is-on">{words.on}</span>
        ) : (
          !secret && (
            <button
              type="button"
              className="button plain small"
              disabled={begin.isPending}
              onClick={() => beginOnce()}
            >
              {words.setUp}
            </button>
          )
        )}
      </Row>
      {begin.error && (
        <div className="setting">
          <div className="setting-error">
            <ErrorNotice error={begin.error} />
          </div>
        </div>
      )}
      {secret && !isOn && (
        <Enrolment secret={secret} onDone={turnedOn} onCancel={() => setSecret(null)} />
      )}
      {codes && <RecoveryCodes codes={codes} name={user.username} onKept={() => setCodes(null)} />}
      {isOn && !codes && <FactorChanges onCodes={setCodes} />}
    </Group>
  );
}
