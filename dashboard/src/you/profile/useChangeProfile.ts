import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data, type Schemas } from "../../api/client";
import { refreshFigures } from "../../queries/changes";
import { knownAnswer } from "../../queries/shared";
import { proven } from "../../ways/proof/proof";

/** Change what is named of the profile: another device may have changed the rest. */
export function useChangeProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Schemas["ProfileUpdateRequest"]) =>
      proven(() => data(api.PATCH("/api/users/me", { body: change }))),
    onSuccess: (changed) => refreshFigures(client, "profile", knownAnswer(["me"], changed)),
  });
}
