import { useCallback } from "react";
import { useSearchParams } from "wouter";

import { Collection } from "../garden/Collection";
import { type Month, monthFrom, monthName, monthOf } from "../garden/land/calendar";
import { MonthView } from "../garden/MonthView";
import { useWhere } from "../garden/place";
import { Level } from "../garden/progress/Level";
import { YearView } from "../garden/YearView";
import { QueryFallback } from "../parts/notices/Feedback";
import { Tabs } from "../parts/tabs/Tabs";
import { useTitle } from "../parts/title";
import { useMe } from "../queries/queries";
import { text } from "../text";
import "../styles/garden.css";

const words = text.garden;
type Part = "month" | "year" | "collection";
const TABS = [
  ["month", words.tabs.month],
  ["year", words.tabs.year],
  ["collection", words.tabs.collection],
] as const;

/** The part that an address names, the month where it names none. */
const partOf = (named: string | null): Part =>
  TABS.find(([part]) => part === named)?.[0] ?? "month";

export default function Garden() {
  useTitle(`${words.title} · ${text.name}`);
  const me = useMe();
  const where = useWhere();
  const [address, setAddress] = useSearchParams();
  const part = partOf(address.get("part"));
  const go = useCallback(
    (to: Record<string, string>, replace = false) => setAddress(to, { replace }),
    [setAddress],
  );
  if (!where) {
    return (
      <>
        <h1>{words.title}</h1>
        <QueryFallback of={[me]} height={620} />
      </>
    );
  }
  const now = monthOf(where.today);
  const month = monthFrom(address.get("month")) ?? now;
  const open = (to: Month) => go(monthName(to) === monthName(now) ? {} : { month: monthName(to) });
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
      </div>
      <div className="garden-parts">
        <Tabs
          label={words.tabs.label}
          tabs={TABS}
          chosen={part}
          onChoose={(to) => go(to === "month" ? {} : { part: to }, true)}
        >
          {part === "month" ? (
            <MonthView month={month} where={where} onTurn={open} />
          ) : part === "year" ? (
            <YearView
              year={month.year}
              where={where}
              onTurn={(year) => go({ part, month: `${year}-12` }, true)}
              onOpen={open}
            />
          ) : (
            <Collection year={now.year} />
          )}
        </Tabs>
      </div>
      <Level />
    </>
  );
}
