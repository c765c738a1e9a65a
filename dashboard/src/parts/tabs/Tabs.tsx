import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

type Props<Id extends string> = {
  label: string;
  tabs: readonly (readonly [Id, string])[];
  chosen: Id;
  onChoose: (id: Id) => void;
  /** What belongs to the chosen tab. */
  children: ReactNode;
};

/** Parts of a page of which one is seen; the arrows go from tab to tab. */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, children }: Props<Id>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const at = tabs.findIndex(([one]) => one === chosen);
    const steps = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 };
    const next = (steps as Record<string, number>)[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length);
    if (!tab) return;
    onChoose(tab[0]);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[tabs.indexOf(tab)]?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map(([one, words]) => (
          <button
            type="button"
            role="tab"
            key={one}
            id={`${id}-${one}`}
            aria-selected={one === chosen}
            aria-controls={one === chosen ? `${id}-panel` : undefined}
            tabIndex={one === chosen ? 0 : -1}
            onClick={() => onChoose(one)}
          >
            {words}
          </button>
        ))}
      </div>
      <div
        className="tab-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${chosen}`}
      >
        {children}
      </div>
    </>
  );
}
