import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { isolated } from "../../format";
import { Sheet } from "../../parts/floating/Sheet";
import { say } from "../../parts/floating/toasts";
import { Segmented } from "../../parts/forms/Segmented";
import { Switch } from "../../parts/forms/Switch";
import { useMe } from "../../queries/queries";
import { today } from "../../queries/today";
import { text } from "../../text";
import { type Day, dateAfter, weeksOf } from "../days";
import { pictureOf } from "./picture";
import { addressOf, pngOf, save, share } from "./png";

const words = text.insight.sharing;
const WEEKS = [
  [1, words.thisWeek],
  [2, words.lastWeek],
] as const;

type Props = { days: Day[]; open: boolean; onClose: () => void };

/** The picture of a week, as it will be shared: nothing is in it that is not seen here. */
export default function ShareSheet({ days, open, onClose }: Props) {
  const me = useMe().data;
  const streak = useQuery(today).data?.streak.length ?? 0;
  const [back, setBack] = useState<1 | 2>(1);
  const [hasName, setName] = useState(false);
  const [hasLink, setLink] = useState(false);
  const [isDark, setDark] = useState(
    () => getComputedStyle(document.documentElement).colorScheme === "dark",
  );
  const week = weeksOf(days).at(-back);
  if (!week) return null;
  const svg = pictureOf({
    days: week.days,
    start: week.start,
    end: dateAfter(week.start, 6),
    streak: back === 1 ? streak : 0,
    isDark,
    name: hasName ? me?.username : undefined,
    link: hasLink ? window.location.host : undefined,
  });
  const give = async (how: "share" | "save") => {
    try {
      const png = await pngOf(svg);
      const file = new File([png], words.fileName(week.start), { type: "image/png" });
      if (how === "share" && (await share(file))) return;
      save(file);
      say(words.saved);
    } catch {
      say(words.failed);
    }
  };
  return (
    <Sheet
      title={words.title}
      open={open}
      onClose={onClose}
      foot={
        <>
          {"share" in navigator && (
            <button type="button" className="button" onClick={() => void give("share")}>
              {words.share}
            </button>
          )}
          <button type="button" className="button plain" onClick={() => void give("save")}>
            {words.save}
          </button>
        </>
      }
    >
      <img className="shared-picture" src={addressOf(svg)} alt={words.alt} />
      <Segmented
        legend={words.which}
        isLegendHidden
        choices={WEEKS}
        chosen={back}
        onChoose={setBack}
      />
      <div>
        <Switch label={words.dark} checked={isDark} onChange={setDark} />
        <Switch
          label={words.showName(isolated(me?.username ?? ""))}
          checked={hasName}
          onChange={setName}
        />
        <Switch label={words.showLink(window.location.host)} checked={hasLink} onChange={setLink} />
      </div>
      <p className="soft fine">{words.text}</p>
    </Sheet>
  );
}
