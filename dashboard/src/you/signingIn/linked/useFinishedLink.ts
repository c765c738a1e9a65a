import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useSearchParams } from "wouter";

import { api, data } from "../../../api/client";
import { say } from "../../../parts/floating/toasts";
import { refreshFigures } from "../../../queries/changes";
import { text } from "../../../text";
import { proven } from "../../../ways/proof/proof";

/** The last step of a link, once: another service has sent back with `?step=link`. */
export function useFinishedLink() {
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const isBack = search.get("step") === "link";
  const finish = useMutation({
    mutationFn: () => proven(() => data(api.POST("/api/auth/oauth/finish", { body: {} }))),
    onSuccess: () => say(text.ways.linked.done),
    onSettled: () => refreshFigures(client, "identities"),
  });
  const wasSent = useRef(false);
  const { mutate } = finish;
  useEffect(() => {
    if (!isBack || wasSent.current) return;
    wasSent.current = true;
    // A reload must not finish it twice.
    setSearch({}, { replace: true });
    mutate();
  }, [isBack, mutate, setSearch]);
  return finish;
}
