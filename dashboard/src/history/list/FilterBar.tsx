import type { Filters } from "../../queries/history";
import { Segmented } from "../../parts/forms/Segmented";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { isNarrow } from "./filters";

const words = text.history.filters;
const KINDS = [
  ["all", words.kinds.all],
  ["session", words.kinds.session],
  ["entry", words.kinds.entry],
] as const;

type Props = { filters: Filters; labels: Label[]; onChange: (change: Filters) => void };

/** The filters of the history; the address has their state. */
export function FilterBar({ filters, labels, onChange }: Props) {
  return (
    <search className="history-filters">
      <Segmented
        legend={words.kind}
        isLegendHidden
        choices={KINDS}
        chosen={filters.kind ?? "all"}
        onChoose={(kind) => onChange({ kind: kind === "all" ? undefined : kind })}
      />
      <Select
        label={words.labels}
        value={filters.label}
        onChange={(label) => onChange({ label })}
        choices={[
          ["", words.anyLabel],
          ...labels.map(({ id, name }) => [id, name] as const),
          ["none", words.noLabel],
        ]}
      />
      <Select
        label={words.status}
        value={filters.status}
        onChange={(status) => onChange({ status: status as Filters["status"] })}
        choices={[
          ["", words.statuses.all],
          ["completed", words.statuses.completed],
          ["abandoned", words.statuses.abandoned],
        ]}
      />
      {isNarrow(filters) && (
        <button
          type="button"
          className="link-button"
          onClick={() => onChange({ kind: undefined, label: undefined, status: undefined })}
        >
          {words.clear}
        </button>
      )}
    </search>
  );
}

type SelectProps = {
  label: string;
  value: string | undefined;
  choices: readonly (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
};

function Select({ label, value, choices, onChange }: SelectProps) {
  return (
    <select
      aria-label={label}
      className={value === undefined ? undefined : "chosen"}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      {choices.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
