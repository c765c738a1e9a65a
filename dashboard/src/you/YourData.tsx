import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas, signOut } from "../api/client";
import { Confirm } from "../parts/forms/Confirm";
import { ErrorNotice } from "../parts/notices/Feedback";
import { Field } from "../parts/forms/Field";
import { useOnce } from "../parts/forms/useOnce";
import { text } from "../text";
import { download } from "./download";
import { SettingsCard } from "./SettingsCard";

const words = text.you;
const EXPORTS = [
  ["json", words.export],
  ["csv", words.exportCsv],
] as const;

/** The export of the user's data, and the deletion of the account. */
export function YourData({ user }: { user: Schemas["User"] }) {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const fetchAll = useMutation({ mutationFn: download });
  const fetchOnce = useOnce(fetchAll.mutateAsync);
  const remove = useMutation({
    mutationFn: () => signOut(() => data(api.DELETE("/api/users/me"))),
  });
  return (
    <SettingsCard title={words.data}>
      <div className="row">
        {EXPORTS.map(([format, label]) => (
          <button
            key={format}
            type="button"
            className="button plain"
            disabled={fetchAll.isPending}
            onClick={() => fetchOnce(format)}
          >
            {label}
          </button>
        ))}
      </div>
      <ErrorNotice error={fetchAll.error ?? remove.error} />
      <p className="soft">{words.deleteText}</p>
      <div>
        <button
          type="button"
          className="button warn"
          disabled={remove.isPending}
          onClick={() => setAsking(true)}
        >
          {words.delete}
        </button>
      </div>
      <Confirm
        title={words.delete}
        open={asking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          remove.mutate();
        }}
        yes={words.deleteYes}
        no={words.cancel}
        disabled={typed !== user.username}
      >
        <p>{words.deleteText}</p>
        <Field
          label={words.deleteConfirm(user.username)}
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Confirm>
    </SettingsCard>
  );
}
