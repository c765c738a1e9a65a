import { duration } from "../../format";
import { usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { StepperRow } from "../rows/StepperRow";
import { SwitchRow } from "../rows/SwitchRow";
import { usePreference } from "../rows/usePreference";

const words = text.settings.preferences;

/** How long rounds and breaks are, drawn to scale. */
export function Rhythm() {
  const focus = usePreference("focus_min");
  const breaks = usePreference("breaks");
  const short = usePreference("short_break_min");
  const long = usePreference("long_break_min");
  const rounds = usePreference("rounds");
  const autoStart = usePreference("auto_start");
  return (
    <Group title={words.rhythm}>
      <Strip />
      <StepperRow
        title={words.focus}
        hint={words.focusHint}
        value={focus.value}
        min={1}
        max={480}
        step={5}
        unit={words.unit}
        onChange={focus.set}
        saving={focus.saving}
      />
      <SwitchRow
        title={words.breaks}
        hint={words.breaksHint}
        on={breaks.value}
        onChange={breaks.set}
        saving={breaks.saving}
      />
      {breaks.value && (
        <>
          <StepperRow
            title={words.short}
            value={short.value}
            min={1}
            max={120}
            unit={words.unit}
            onChange={short.set}
            saving={short.saving}
          />
          <StepperRow
            title={words.long}
            value={long.value}
            min={1}
            max={120}
            step={5}
            unit={words.unit}
            onChange={long.set}
            saving={long.saving}
          />
          <StepperRow
            title={words.rounds}
            value={rounds.value}
            min={2}
            max={12}
            onChange={rounds.set}
            saving={rounds.saving}
          />
          <SwitchRow
            title={words.autoStart}
            hint={words.autoStartHint}
            on={autoStart.value}
            onChange={autoStart.set}
            saving={autoStart.saving}
          />
        </>
      )}
    </Group>
  );
}

/** The rounds and breaks up to the long one, each as wide as it is long. */
function Strip() {
  const { focus_min, breaks, short_break_min, long_break_min, rounds } = usePreferences();
  const parts: { kind: "focus" | "short" | "long"; minutes: number }[] = [];
  for (let n = 1; n <= (breaks ? rounds : 1); n++) {
    parts.push({ kind: "focus", minutes: focus_min });
    if (!breaks) break;
    if (n < rounds) parts.push({ kind: "short", minutes: short_break_min });
    else parts.push({ kind: "long", minutes: long_break_min });
  }
  const all = parts.reduce((sum, { minutes }) => sum + minutes, 0);
  return (
    <div className="strip">
      <div className="strip-parts" aria-hidden="true">
        {parts.map(({ kind, minutes }, n) => (
          <span key={n} data-kind={kind} style={{ flexGrow: minutes }} />
        ))}
      </div>
      <p>{breaks ? words.rhythmLead(rounds, duration(all)) : words.rhythmAlone(focus_min)}</p>
    </div>
  );
}
