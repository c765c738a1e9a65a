import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { isolated } from "../../format";
import { api, data } from "../../api/client";
import { Confirm } from "../../parts/forms/Confirm";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { type Label, useDeleteLabel } from "../../queries/labels";
import { text } from "../../text";

const words = text.settings.labels;

/** The deletion of a label, which says before what becomes of what carries it. */
export function DeleteLabel({ label }: { label: Label }) {
  const [isAsking, setAsking] = useState(false);
  const remove = useDeleteLabel();
  const removeOnce = useOnce(remove.mutateAsync);
  const carried = useQuery({
    queryKey: ["label-carried", label.id],
    queryFn: () =>
      data(api.GET("/api/history", { params: { query: { label: label.id, limit: 1 } } })),
    enabled: isAsking,
    // Counted anew for each question: it must not be older than what is confirmed.
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <>
      <button type="button" className="button plain small warns" onClick={() => setAsking(true)}>
        {words.delete}
      </button>
      <Confirm
        title={words.deleteTitle(isolated(label.name))}
        open={isAsking}
        onClose={() => setAsking(false)}
        onYes={() => removeOnce(label.id)}
        yes={words.deleteYes}
        no={text.settings.cancel}
        disabled={remove.isPending}
      >
        <p>{words.deleteText(carried.data?.total)}</p>
        {!label.archived && <p className="soft">{words.deleteHint}</p>}
        <ErrorNotice error={remove.error} />
      </Confirm>
    </>
  );
}
