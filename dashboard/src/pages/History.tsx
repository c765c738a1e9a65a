import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Link } from "wouter";

import { clock } from "../api/clock";
import { AddEntry } from "../history/entry/AddEntry";
import { DayHead } from "../history/list/DayHead";
import { DayList } from "../history/list/DayList";
import { FilterBar } from "../history/list/FilterBar";
import { isNarrow, useFilters } from "../history/list/filters";
import { MonthCalendar } from "../history/calendar/MonthCalendar";
import { NoRecords } from "../history/list/NoRecords";
import { RecordSheet } from "../history/record/RecordSheet";
import { usePlace } from "../history/list/usePlace";
import { usePlants } from "../history/list/usePlants";
import { wallOf } from "../history/entry/zoned";
import { QueryFallback } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { calendarOf, type HistoryRecord, useHistory } from "../queries/history";
import { useLabels } from "../queries/labels";
import { usePreferences } from "../queries/preferences";
import { useMe } from "../queries/queries";
import { text } from "../text";
import "../styles/history.css";

const words = text.history;

export default function History() {
  useTitle(`${words.title} · ${text.name}`);
  const profile = useMe();
  if (!profile.data) return <QueryFallback of={[profile]} height={420} />;
  return <Records zone={profile.data.timezone} />;
}

function Records({ zone }: { zone: string }) {
  const { clock: hours, week_start } = usePreferences();
  const [filters, change] = useFilters();
  const [opened, setOpened] = useState<HistoryRecord | "new" | null>(null);
  const list = useHistory(filters);
  const known = useLabels() ?? [];
  const today = wallOf(clock.now(), zone).date;
  const { day } = filters;
  const dayFound = useQuery({ ...calendarOf(Number((day ?? today).slice(0, 4))) });
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const plants = usePlants(records);
  usePlace(list.data !== undefined);
  const open = useCallback((record: HistoryRecord) => setOpened(record), []);
  const reading = { zone, clock: hours };
  const sheet = { labels: known, reading, today, onClose: () => setOpened(null) };
  const isFirst = list.data?.pages[0]?.total === 0 && day === undefined && !isNarrow(filters);
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
        <div className="row">
          <Link className="button plain" to="/history/import">
            {words.bring}
          </Link>
          <button type="button" className="button" onClick={() => setOpened("new")}>
            {words.add}
          </button>
        </div>
      </div>
      <div className="history">
        <MonthCalendar
          day={day}
          today={today}
          weekStart={week_start}
          onOpen={(date) => change({ day: date === day ? undefined : date })}
        />
        <div className="history-days">
          {!isFirst && <FilterBar filters={filters} labels={known} onChange={change} />}
          {day !== undefined && (
            <DayHead
              date={day}
              day={dayFound.data?.days.find(({ date }) => date === day)}
              today={today}
              onOpen={(date) => change({ day: date })}
            />
          )}
          {!list.data && <QueryFallback of={[list]} height={420} />}
          {list.data && records.length === 0 && (
            <NoRecords
              filters={filters}
              today={today}
              onAdd={() => setOpened("new")}
              onChange={change}
            />
          )}
          {records.length > 0 && (
            <DayList
              list={list}
              filters={filters}
              labels={new Map(known.map((label) => [label.id, label]))}
              plants={plants}
              reading={reading}
              today={today}
              onOpen={open}
            />
          )}
        </div>
      </div>
      {opened === "new" && (
        <AddEntry {...sheet} date={day !== undefined && day <= today ? day : today} />
      )}
      {opened !== null && opened !== "new" && (
        <RecordSheet {...sheet} key={opened.id} record={opened} plant={plants.get(opened.id)} />
      )}
    </>
  );
}
