/** Imports: a file that is tried, applied and undone by the service, and how far it is. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { api, data, type Schemas } from "../api/client";
import { refreshFigures } from "./changes";
import { shared } from "./shared";

export type Import = Schemas["Import"];
export type ImportBrief = Schemas["ImportBrief"];
export type ImportSource = Schemas["ImportSource"];
type Status = Schemas["ImportStatus"];

/** What a worker is busy with. */
export const isWorking = (status: Status) =>
  status === "reading" || status === "applying" || status === "undoing";
/** What has not ended: a user has one of these at most. */
export const isLive = (status: Status) => isWorking(status) || status === "ready";

/** The pauses between two looks at what a worker does: milliseconds. */
const PAUSES = [1_000, 1_000, 2_000, 3_000];

export const imports = queryOptions({
  queryKey: ["imports"],
  queryFn: shared("figures", () =>
    data(api.GET("/api/imports", { params: { query: { limit: 10 } } })),
  ),
});

const importOf = (id: string) =>
  queryOptions({
    queryKey: ["imports", id],
    queryFn: () =>
      data(api.GET("/api/imports/{import_id}", { params: { path: { import_id: id } } })),
    refetchInterval: ({ state }) => {
      if (state.data === undefined || !isWorking(state.data.status)) return false;
      return PAUSES[Math.min(state.dataUpdateCount, PAUSES.length) - 1] ?? 1_000;
    },
    // Of an import that works nobody may be shown what it was.
    staleTime: 0,
  });

/** One import, looked at again as long as it works; its end is told to every page. */
export function useImport(id: string) {
  const client = useQueryClient();
  const found = useQuery(importOf(id));
  const status = found.data?.status;
  const before = useRef(status);
  useEffect(() => {
    const hasEnded = before.current !== undefined && isWorking(before.current);
    if (hasEnded && status !== undefined && !isWorking(status)) {
      void refreshFigures(client, "imported");
    }
    before.current = status;
  }, [client, status]);
  return found;
}

type Upload = { file: Blob; source?: ImportSource; zone: string; key: string };

/** Send a file, as its bytes; a retry with the same key is the same import. */
export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, source, zone, key }: Upload) =>
      data(
        api.POST("/api/imports", {
          params: { query: { source, zone }, header: { "Idempotency-Key": key } },
          headers: { "Content-Type": "text/csv" },
          body: "",
          bodySerializer: () => file,
        }),
      ),
    onSuccess: () => refreshFigures(client, "imports"),
  });
}

export function useApply(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dayFirst: boolean | null) =>
      data(
        api.POST("/api/imports/{import_id}/apply", {
          params: { path: { import_id: id } },
          body: dayFirst === null ? {} : { day_first: dayFirst },
        }),
      ),
    // Of a refusal too: it is not what it was taken for.
    onSettled: () => refreshFigures(client, "imports"),
  });
}

/** Undo an import as a whole, or put one away that was not applied. */
export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      data(api.DELETE("/api/imports/{import_id}", { params: { path: { import_id: id } } })),
    onSettled: () => refreshFigures(client, "imports"),
  });
}
