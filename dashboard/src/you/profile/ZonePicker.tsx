import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";

import { clock } from "../../api/clock";
import { Sheet } from "../../parts/floating/Sheet";
import { usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { Moments } from "../time";
import { allZones, search, todaysName, type Zone } from "./zones";

const words = text.you;

type Props = {
  open: boolean;
  zone: string;
  here: string;
  onChoose: (zone: string) => void;
  onClose: () => void;
};

/** The dialog in which a zone is looked for by city, country or offset. */
export function ZonePicker({ open, onClose, ...list }: Props) {
  return (
    <Sheet title={words.zone} open={open} onClose={onClose}>
      <ZoneList {...list} />
    </Sheet>
  );
}

function ZoneList({ zone, here, onChoose }: Omit<Props, "open" | "onClose">) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [now] = useState(() => clock.now());
  const clockWords = usePreferences().clock;
  const zones = useMemo(() => allZones(now, zone, here), [now, zone, here]);
  const found = useMemo(() => {
    if (typed.trim() !== "") return search(zones, typed);
    // What most are looking for stands first.
    const near = [here, zone].map(todaysName);
    const first = near.flatMap((name) => zones.find((one) => one.name === name) ?? []);
    return [...new Set([...first, ...zones])];
  }, [zones, typed, here, zone]);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(found.length - 1, Math.max(0, at + step));
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: "nearest" });
    }
    const chosen = found[at];
    if (event.key === "Enter" && chosen) onChoose(chosen.name);
  };
  return (
    <div className="zones">
      <input
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        aria-label={words.zoneSearch}
        placeholder={words.zoneSearch}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
          list.current?.scrollTo({ top: 0 });
        }}
        onKeyDown={move}
      />
      <p className="visually-hidden" role="status">
        {found.length === 0
          ? words.zoneNone
          : words.zoneFound(new Intl.NumberFormat(text.locale).format(found.length))}
      </p>
      {found.length === 0 && <p className="soft">{words.zoneNone}</p>}
      <ul role="listbox" id={id} aria-label={words.zone} ref={list}>
        {found.map((one, n) => (
          <li
            key={one.name}
            id={`${id}-${n}`}
            role="option"
            aria-selected={one.name === todaysName(zone)}
            data-at={n === at || undefined}
            onClick={() => onChoose(one.name)}
          >
            <ZoneWords
              zone={one}
              time={new Moments(one.name, clockWords).time(now)}
              isHere={one.name === todaysName(here)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ZoneWords({ zone, time, isHere }: { zone: Zone; time: string; isHere: boolean }) {
  return (
    <>
      <span className="zone-city">
        {zone.city}
        {isHere && <em>{words.zoneHere}</em>}
      </span>
      <span className="soft">{[zone.country, zone.offset].filter(Boolean).join(" · ")}</span>
      <span className="zone-time">{time}</span>
    </>
  );
}
