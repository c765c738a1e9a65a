/** The history: sessions and entries in one list, its calendar, and what is told or told anew. */
import {
  type InfiniteData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, data, type Schemas } from "../api/client";
import { refreshFigures } from "./changes";
import { type EntryToTell, tellEntry } from "./entries";
import { landscape } from "./garden";
import { knownAnswer, shared } from "./shared";

export type HistoryRecord = Schemas["HistoryRecord"];
export type MarkedDay = Schemas["MarkedDay"];
export type Consequences = Schemas["Consequences"];
export type Filters = {
  kind?: Schemas["HistoryRecordKind"];
  status?: Schemas["SessionStatus"];
  /** The id of a label, or `none`. */
  label?: string;
  /** One day alone. */
  day?: string;
};

const PAGE = 50;
const LISTS = ["figures", "history"];

/** The records that match, newest first, a page at a time. */
export function useHistory({ day, ...filters }: Filters) {
  return useInfiniteQuery({
    queryKey: [...LISTS, { ...filters, day }],
    initialPageParam: undefined as string | undefined,
    queryFn: (context) =>
      shared("figures", () =>
        data(
          api.GET("/api/history", {
            params: {
              query: { ...filters, from: day, to: day, limit: PAGE, cursor: context.pageParam },
            },
          }),
        ),
      )(context),
    getNextPageParam: (page) =>
      page.next ? (new URL(page.next).searchParams.get("cursor") ?? undefined) : undefined,
  });
}

/** The days of a year with their minutes and marks: the months beside a list ask once. */
export const calendarOf = (year: number) =>
  queryOptions({
    queryKey: ["figures", "calendar", year],
    queryFn: shared("figures", () =>
      data(
        api.GET("/api/stats/calendar", {
          params: { query: { from: `${year}-01-01`, to: `${year}-12-31` } },
        }),
      ),
    ),
  });

/** The plants of the sessions of a month, such as 2026-11. */
export const plantsOf = (month: string) => landscape(`${month}-01`, lastDayOf(month));

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** What the deletion of a session would take, as it is at this moment. */
export const consequencesOf = (id: string) =>
  queryOptions({
    queryKey: ["figures", "consequences", id],
    queryFn: () =>
      data(
        api.GET("/api/sessions/{session_id}/consequences", {
          params: { path: { session_id: id } },
        }),
      ),
    // Nobody may be shown what it would have taken a while ago.
    staleTime: 0,
    gcTime: 0,
  });

/** One record, such as the one whose time an entry would take. */
export const recordOf = (id: string) =>
  queryOptions({
    queryKey: ["figures", "record", id],
    queryFn: shared("figures", () =>
      data(api.GET("/api/history/{record_id}", { params: { path: { record_id: id } } })),
    ),
  });

/** Change the label or the note of a session. */
export function useRecordChange(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["RecordUpdateRequest"]) =>
      data(api.PATCH("/api/history/{record_id}", { params: { path: { record_id: id } }, body })),
    onSuccess: (told) => {
      // At once, where it stands: a list of many pages is asked for again page by page.
      client.setQueriesData<InfiniteData<Schemas["History"]>>({ queryKey: LISTS }, (list) =>
        list === undefined
          ? list
          : { ...list, pages: list.pages.map((page) => withRecord(page, told)) },
      );
      return refreshFigures(client, "told", knownAnswer(recordOf(id).queryKey, told));
    },
  });
}

const withRecord = (page: Schemas["History"], told: HistoryRecord): Schemas["History"] => ({
  ...page,
  records: page.records.map((record) => (record.id === told.id ? told : record)),
});

/** Tell of focus that no session saw; a retry of the same form makes one entry. */
export function useEntryCreate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: EntryToTell & { key: string }) => tellEntry(body, key),
    onSuccess: () => refreshFigures(client, "told"),
  });
}

export function useEntryChange(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["EntryUpdateRequest"]) =>
      data(api.PATCH("/api/entries/{entry_id}", { params: { path: { entry_id: id } }, body })),
    onSuccess: () => refreshFigures(client, "told"),
  });
}

/** Delete a session or an entry; one that is gone already is gone as was asked. */
export function useRemoval({ id, kind }: Pick<HistoryRecord, "id" | "kind">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      kind === "session"
        ? data(api.DELETE("/api/sessions/{session_id}", { params: { path: { session_id: id } } }))
        : data(api.DELETE("/api/entries/{entry_id}", { params: { path: { entry_id: id } } })),
    onSuccess: () => refreshFigures(client, kind === "session" ? "ended" : "told"),
  });
}
