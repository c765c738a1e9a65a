import { type ComponentType, useState } from "react";

import { say } from "../../parts/floating/toasts";
import { text } from "../../text";
import type { Day } from "../days";

const words = text.insight;

type Shown = ComponentType<{ days: Day[]; open: boolean; onClose: () => void }>;

/** The button of the week's picture, whose code comes with the first click. */
export function ShareButton({ days }: { days: Day[] }) {
  const [Picture, setPicture] = useState<Shown | null>(null);
  const [isOpen, setOpen] = useState(false);
  const show = async () => {
    try {
      const { default: loaded } = await import("./ShareSheet");
      setPicture(() => loaded);
      setOpen(true);
    } catch {
      say(words.sharing.failed);
    }
  };
  return (
    <>
      <button type="button" className="button plain" onClick={() => void show()}>
        {words.shareButton}
      </button>
      {Picture && <Picture days={days} open={isOpen} onClose={() => setOpen(false)} />}
    </>
  );
}
