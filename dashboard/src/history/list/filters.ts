/** The filters of the history, kept in the address: a link shows the same, and so does Back. */
import { useCallback } from "react";
import { useSearchParams } from "wouter";

import type { Filters } from "../../queries/history";

const KINDS: readonly string[] = ["session", "entry"];
const STATUSES: readonly string[] = ["completed", "abandoned", "active"];
const LABEL = /^(none|[0-9a-f-]{36})$/i;

/** A date as it stands in the address; undefined where it is none. */
export function dateIn(written: string | null): string | undefined {
  if (written === null || !/^\d{4}-\d{2}-\d{2}$/.test(written)) return undefined;
  const moment = new Date(`${written}T00:00:00Z`);
  // Of the 30th of February some engines make the 2nd of March.
  const isThere = !Number.isNaN(+moment) && moment.toISOString().startsWith(written);
  return isThere ? written : undefined;
}

/** The filters that an address tells; what nobody knows in it is left out. */
export function filtersIn(params: URLSearchParams): Filters {
  const known = (name: string, values: readonly string[]) =>
    values.find((value) => value === params.get(name));
  const label = params.get("label");
  return {
    kind: known("kind", KINDS) as Filters["kind"],
    status: known("status", STATUSES) as Filters["status"],
    label: label !== null && LABEL.test(label) ? label : undefined,
    day: dateIn(params.get("day")),
  };
}

/** The address of the history with these filters. */
export function historyAt(filters: Filters): string {
  const told = Object.entries(filters).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(told).toString();
  return query === "" ? "/history" : `/history?${query}`;
}

/** The filters, and a change of some of them, which Back undoes. */
export function useFilters(): [Filters, (change: Filters) => void] {
  const [params, setParams] = useSearchParams();
  const filters = filtersIn(params);
  const change = useCallback(
    (changed: Filters) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed)) {
          if (value === undefined) after.delete(name);
          else after.set(name, value);
        }
        return after;
      }),
    [setParams],
  );
  return [filters, change];
}

/** True where the list shows a part of what is there. */
export const isNarrow = ({ kind, status, label }: Filters) =>
  [kind, status, label].some((filter) => filter !== undefined);
