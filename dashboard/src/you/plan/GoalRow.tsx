import { useId, useState } from "react";

import { duration } from "../../format";
import { Segmented } from "../../parts/forms/Segmented";
import { useChangePlan } from "../../queries/plan";
import { text } from "../../text";
import { Row } from "../rows/Row";
import { savingOf } from "../rows/saving";
import { Stepper } from "../rows/Stepper";

const words = text.settings.plan;

type Props = {
  field: "daily_min" | "weekly_min";
  title: string;
  hint: string;
  value: number | null;
  presets: number[];
  /** What another goal begins with. */
  usual: number;
  most: number;
  step: number;
};

/** A goal in minutes: none, one of a few, or any other. */
export function GoalRow({ field, title, hint, value, presets, usual, most, step }: Props) {
  const id = useId();
  const change = useChangePlan();
  const [wantsOther, setWantsOther] = useState(false);
  const isOther = value !== null && (wantsOther || !presets.includes(value));
  const set = (minutes: number | null) => change.mutate({ [field]: minutes });
  const choose = (choice: string) => {
    setWantsOther(choice === "other");
    if (choice === "none") set(null);
    else if (choice === "other") set(value ?? usual);
    else set(Number(choice));
  };
  return (
    <Row title={<span aria-hidden="true">{title}</span>} hint={hint} saving={savingOf(change)} tall>
      <Segmented
        legend={title}
        isLegendHidden
        choices={[
          ["none", words.none],
          ...presets.map((minutes) => [String(minutes), duration(minutes)] as const),
          ["other", words.other],
        ]}
        chosen={isOther ? "other" : String(value ?? "none")}
        onChoose={choose}
      />
      {isOther && (
        <div className="goal-other">
          <label htmlFor={id} className="visually-hidden">
            {title}
          </label>
          <Stepper
            id={id}
            name={title}
            value={value}
            min={1}
            max={most}
            step={step}
            unit={text.settings.preferences.unit}
            onChange={set}
          />
          <span className="soft">{value >= 60 && duration(value)}</span>
        </div>
      )}
    </Row>
  );
}
