import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { QueryFallback } from "../../parts/notices/Feedback";
import { labels } from "../../queries/labels";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { SectionHead } from "../SectionHead";
import { LabelRow } from "./LabelRow";
import { NewLabel } from "./NewLabel";
import "../../styles/you/own-labels.css";

const words = text.settings.labels;

/** The labels: made, renamed, coloured, archived and deleted. */
export function Labels() {
  const asked = useQuery(labels);
  const [opened, setOpened] = useState<string | null>(null);
  const all = asked.data?.labels ?? [];
  const row = (label: (typeof all)[number]) => (
    <LabelRow
      key={label.id}
      label={label}
      isOpen={opened === label.id}
      onTurn={() => setOpened(opened === label.id ? null : label.id)}
    />
  );
  const yours = all.filter(({ archived }) => !archived);
  const archived = all.filter(({ archived }) => archived);
  return (
    <>
      <SectionHead title={text.settings.names.labels} lead={words.lead} />
      <NewLabel taken={all.map(({ color }) => color)} />
      {!asked.data && <QueryFallback of={[asked]} height={220} />}
      {asked.data && all.length === 0 && (
        <div className="labels-none">
          <svg viewBox="0 0 120 64" aria-hidden="true">
            <rect x="4" y="6" width="62" height="22" rx="11" data-color="teal" />
            <rect x="72" y="6" width="44" height="22" rx="11" data-color="amber" />
            <rect x="22" y="36" width="48" height="22" rx="11" data-color="violet" />
          </svg>
          <strong>{words.emptyTitle}</strong>
          <p className="soft">{words.empty}</p>
        </div>
      )}
      {yours.length > 0 && <Group title={words.yours}>{yours.map(row)}</Group>}
      {archived.length > 0 && (
        <Group title={words.archived} lead={words.archivedLead}>
          {archived.map(row)}
        </Group>
      )}
    </>
  );
}
