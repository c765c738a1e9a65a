import { useEffect, useRef, useState } from "react";

import { auth, type Schemas } from "../../api/client";
import { lastWish } from "../../focus/start/lastWish";
import { Mark } from "../../frame/Frame";
import { Plant } from "../../garden/Plant";
import { useChangePreferences, usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { FirstPlant } from "./FirstPlant";
import { Goal } from "./Goal";
import { ZoneStep } from "./ZoneStep";

const words = text.welcome;
const STEPS = 3;

/** The steps, one at a time; each can be skipped, and all of them by one tap. */
export function Steps({ user }: { user: Schemas["User"] }) {
  const [step, setStep] = useState(1);
  const [kind, setKind] = useState("Sunflower");
  const change = useChangePreferences();
  const title = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    // A screen reader goes on with the new step.
    if (shown.current !== step) title.current?.querySelector<HTMLElement>("h1")?.focus();
    shown.current = step;
  }, [step]);
  const next = () => setStep(step + 1);
  const { focus_min } = usePreferences();
  // The page leads on by itself as soon as it is known, also from another device.
  const finish = () => change.mutate({ onboarded: true });
  const plant = () => {
    lastWish.keep(auth.user, { minutes: focus_min, plant: kind, label: null });
    finish();
  };
  return (
    <main className="welcome-page" id="main">
      <header>
        <span className="brand">
          <Mark />
          {text.name}
        </span>
        <button type="button" className="button plain small" onClick={finish}>
          {words.skipAll}
        </button>
      </header>
      <div className="welcome-scene" data-step={step} aria-hidden="true">
        <div key={step}>
          <Plant kind={kind} stage={[1, 3, 5][step - 1] ?? 5} label="" />
        </div>
      </div>
      <section className="welcome-step" ref={title} key={step}>
        {step === 1 && <ZoneStep user={user} onDone={next} />}
        {step === 2 && <Goal onDone={next} />}
        {step === STEPS && <FirstPlant chosen={kind} onChoose={setKind} onDone={plant} />}
      </section>
      <footer>
        <p className="dots">
          <span className="visually-hidden">{words.step(step, STEPS)}</span>
          {[1, 2, 3].map((n) => (
            <i key={n} data-done={n <= step || undefined} />
          ))}
        </p>
        <button
          type="button"
          className="button plain small"
          onClick={() => (step < STEPS ? next() : finish())}
        >
          {words.skip}
        </button>
      </footer>
    </main>
  );
}
