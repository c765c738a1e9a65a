import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import type { Chosen } from "../importing/chosen";
import { ChooseFile } from "../importing/ChooseFile";
import { OneImport } from "../importing/OneImport";
import { PastImports } from "../importing/PastImports";
import { QueryFallback } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { imports, isLive } from "../queries/imports";
import { useMe } from "../queries/queries";
import { text } from "../text";
import "../styles/history.css";
import "../styles/importing.css";

const words = text.importing;

/** A file of another program becomes entries: tried first, applied, and undone as a whole. */
export default function Import() {
  useTitle(`${words.title} · ${text.name}`);
  const profile = useMe();
  const found = useQuery(imports);
  const [opened, setOpened] = useState<string | null>(null);
  const [sent, setSent] = useState<{ id: string; chosen: Chosen } | null>(null);
  const all = found.data?.imports ?? [];
  // One that has not ended is shown, whichever tab or device began it, and stays when it has.
  const live = all.find(({ status }) => isLive(status))?.id;
  if (opened === null && live !== undefined) setOpened(live);
  const id = opened;
  const open = (which: string | null, chosen: Chosen | null = null) => {
    setOpened(which);
    if (which !== null && chosen !== null) setSent({ id: which, chosen });
  };
  return (
    <div className="importing">
      <div>
        <Link to="/history">{words.back}</Link>
        <h1>{words.title}</h1>
        <p className="soft">{words.lead}</p>
      </div>
      {!found.data || !profile.data ? (
        <QueryFallback of={[found, profile]} height={320} />
      ) : id === null ? (
        <ChooseFile zone={profile.data.timezone} onSent={open} />
      ) : (
        <OneImport
          key={id}
          id={id}
          chosen={sent?.id === id ? sent.chosen : null}
          onAnother={() => open(null)}
        />
      )}
      {profile.data && (
        <PastImports
          imports={all.filter((one) => one.id !== id)}
          zone={profile.data.timezone}
          onOpen={open}
        />
      )}
    </div>
  );
}
