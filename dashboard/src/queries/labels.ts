/** The labels of the user, and their changes. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data, type Schemas } from "../api/client";
import { refreshFigures } from "./changes";
import { shared } from "./shared";

export type Label = Schemas["Label"];
export type LabelColor = Schemas["Color"];

export const LABEL_COLORS: readonly LabelColor[] = [
  "red",
  "orange",
  "amber",
  "lime",
  "green",
  "teal",
  "sky",
  "blue",
  "violet",
  "pink",
  "brown",
  "grey",
];

export const labels = queryOptions({
  queryKey: ["labels"],
  queryFn: shared("figures", () => data(api.GET("/api/labels"))),
});

/** All labels, the archived ones too; undefined until an answer, or while nobody needs them. */
export const useLabels = (isNeeded = true): Label[] | undefined =>
  useQuery({ ...labels, enabled: isNeeded }).data?.labels;

/** Make a label; its name is taken once, so a request that is sent twice makes it once. */
export function useCreateLabel() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: "labels" },
    mutationFn: (body: Schemas["LabelCreateRequest"]) => data(api.POST("/api/labels", { body })),
    onSuccess: () => refreshFigures(client, "labels"),
  });
}

/** Rename, recolour, archive a label or bring it back. */
export function useChangeLabel() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: "labels" },
    mutationFn: ({ id, ...body }: Schemas["LabelUpdateRequest"] & { id: string }) =>
      data(api.PATCH("/api/labels/{label_id}", { params: { path: { label_id: id } }, body })),
    onSuccess: () => refreshFigures(client, "labels"),
  });
}

/** Delete a label: what carried it stays, without one. */
export function useDeleteLabel() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: "labels" },
    mutationFn: (id: string) =>
      data(api.DELETE("/api/labels/{label_id}", { params: { path: { label_id: id } } })),
    onSuccess: () => refreshFigures(client, "label-gone"),
  });
}
