import { useEffect, useState } from "react";
import { useLocation } from "wouter";

import { press, useShortcut } from "../../parts/keys/shortcuts";
import { usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { DAILY, OWN } from "../pages";
import { ShortcutList } from "./ShortcutList";

/** The keys of the frame, 1 to 7 and ?, and the ear for all of them; off by a preference. */
export function Shortcuts() {
  const isOn = usePreferences().shortcuts;
  const [isListed, setListed] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isOn]);
  useShortcut("?", text.keys.list, () => setListed(true));
  return (
    <>
      {[...DAILY, ...OWN].map(([path, name], n) => (
        <PageKey key={path} number={String(n + 1)} path={path} label={text.nav[name]} />
      ))}
      <ShortcutList open={isListed} onClose={() => setListed(false)} />
    </>
  );
}

function PageKey({ number, path, label }: { number: string; path: string; label: string }) {
  const [, navigate] = useLocation();
  useShortcut(number, label, () => navigate(path));
  return null;
}
