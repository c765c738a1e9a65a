import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import { ErrorNotice } from "../../parts/notices/Feedback";
import { calendarOf, type Filters, type useHistory } from "../../queries/history";
import { text } from "../../text";
import { byDay } from "./days";
import { DayGroup, type Shared } from "./DayGroup";
import { isNarrow } from "./filters";

const words = text.history;
/** How far below the window the next page is asked for already. */
const AHEAD = "600px";

type Props = Shared & { list: ReturnType<typeof useHistory>; filters: Filters };

/** The days of the history, newest first; more of them come as their end comes into sight. */
export function DayList({ list, filters, ...shared }: Props) {
  const days = useMemo(
    () => byDay(list.data?.pages.flatMap(({ records }) => records) ?? []),
    [list.data],
  );
  const marks = useMarks([...new Set(days.map(({ date }) => date.slice(0, 4)))]);
  return (
    <>
      {days.map((day, n) => (
        <DayGroup
          key={day.key}
          {...shared}
          day={day}
          marked={isNarrow(filters) ? undefined : marks.get(day.date)}
          isCut={list.hasNextPage && n === days.length - 1}
        />
      ))}
      <ErrorNotice error={list.error} again={() => void list.fetchNextPage()} />
      <More list={list} />
    </>
  );
}

/** The days of some years as the calendar marks them. */
function useMarks(years: string[]) {
  const found = useQueries({ queries: years.map((year) => calendarOf(Number(year))) });
  const days = found.flatMap(({ data }) => data?.days ?? []);
  return new Map(days.map((day) => [day.date, day]));
}

/** The end of the list: the next page is asked for before it is seen, or by its button. */
function More({ list }: Pick<Props, "list">) {
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const pages = list.data?.pages.length;
  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || isError || end.current === null) return;
    // Made anew with each page: one that does not fill the window is followed by the next.
    const seen = new IntersectionObserver(
      ([place]) => {
        if (place?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: AHEAD },
    );
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage, pages]);
  if (!hasNextPage) return <p className="list-end soft">{words.end}</p>;
  return (
    <div className="list-more" ref={end}>
      <button
        type="button"
        className="button plain"
        disabled={isFetchingNextPage}
        onClick={() => void fetchNextPage()}
      >
        {isFetchingNextPage ? words.loadingMore : words.more}
      </button>
    </div>
  );
}
