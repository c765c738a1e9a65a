import { text } from "../../text";
import { NAMES } from "../../text/languages";
import { SectionHead } from "../SectionHead";
import { SegmentsRow, SelectRow } from "../rows/ChoiceRow";
import { Group } from "../rows/Group";
import { SwitchRow } from "../rows/SwitchRow";
import { usePreference } from "../rows/usePreference";
import { PlantRow } from "./PlantRow";
import { Rhythm } from "./Rhythm";
import { weekdayNames } from "../weekdays";
import { VolumeRow } from "./VolumeRow";
import "../../styles/you/rhythm.css";

const words = text.settings.preferences;

/** What holds on every device: how it looks, the rhythm, what grows and what sounds. */
export function Preferences() {
  return (
    <>
      <SectionHead title={text.settings.names.preferences} lead={words.lead} />
      <Look />
      <Rhythm />
      <Group title={words.plant}>
        <PlantRow />
      </Group>
      <Sound />
      <Keys />
    </>
  );
}

function Look() {
  const language = usePreference("language");
  const theme = usePreference("theme");
  const clock = usePreference("clock");
  const weekStart = usePreference("week_start");
  const season = usePreference("season");
  const days = weekdayNames("long");
  return (
    <Group title={words.look}>
      <SelectRow
        title={words.language}
        choices={{ auto: words.ownLanguage, ...NAMES }}
        chosen={language.value}
        onChoose={language.set}
        saving={language.saving}
      />
      <SegmentsRow
        title={words.theme}
        choices={words.themes}
        chosen={theme.value}
        onChoose={theme.set}
        saving={theme.saving}
      />
      <SegmentsRow
        title={words.clock}
        choices={words.clocks}
        chosen={clock.value}
        onChoose={clock.set}
        saving={clock.saving}
      />
      <SegmentsRow
        title={words.weekStart}
        choices={{ mon: days.mon, sat: days.sat, sun: days.sun }}
        chosen={weekStart.value}
        onChoose={weekStart.set}
        saving={weekStart.saving}
      />
      <SelectRow
        title={words.season}
        hint={words.seasonHint}
        choices={words.seasons}
        chosen={season.value}
        onChoose={season.set}
        saving={season.saving}
      />
    </Group>
  );
}

function Sound() {
  const bell = usePreference("bell");
  const ambient = usePreference("ambient");
  return (
    <Group title={words.sound}>
      <SwitchRow
        title={words.bell}
        hint={words.bellHint}
        on={bell.value}
        onChange={bell.set}
        saving={bell.saving}
      />
      <SegmentsRow
        title={words.ambient}
        choices={words.ambients}
        chosen={ambient.value}
        onChoose={ambient.set}
        saving={ambient.saving}
      />
      <VolumeRow disabled={ambient.value === "none" && !bell.value} />
    </Group>
  );
}

function Keys() {
  const shortcuts = usePreference("shortcuts");
  return (
    <Group title={words.keys}>
      <SwitchRow
        title={words.shortcuts}
        hint={words.shortcutsHint}
        on={shortcuts.value}
        onChange={shortcuts.set}
        saving={shortcuts.saving}
      />
    </Group>
  );
}
