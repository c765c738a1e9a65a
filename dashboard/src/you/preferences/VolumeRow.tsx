import { useId } from "react";

import { text } from "../../text";
import { Row } from "../rows/Row";
import { useDraft } from "../rows/useDraft";
import { usePreference } from "../rows/usePreference";

const words = text.settings.preferences;

/** The loudness of what sounds, sent once the slider rests. */
export function VolumeRow({ disabled }: { disabled: boolean }) {
  const id = useId();
  const volume = usePreference("volume");
  const { shown, change } = useDraft(volume.value, volume.set);
  return (
    <Row title={<label htmlFor={id}>{words.volume}</label>} saving={volume.saving}>
      <div className="slider">
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          step={5}
          value={shown}
          disabled={disabled}
          aria-valuetext={words.percent(shown)}
          onChange={({ target }) => change(Number(target.value))}
        />
        <output htmlFor={id}>{words.percent(shown)}</output>
      </div>
    </Row>
  );
}
