import type { Schemas } from "../api/client";
import { calendarDay, duration } from "../format";
import { text } from "../text";
import type { ambiguousDate } from "./csv";
import { longDay } from "./days";

const words = text.importing.readings;
const ORDERS = ["day_first", "month_first"] as const;
export type Order = (typeof ORDERS)[number];

type Props = {
  readings: Schemas["ImportReadings"];
  /** A date of the file in both ways; null where the file is not here any more. */
  example: ReturnType<typeof ambiguousDate>;
  chosen: Order | null;
  onChoose: (order: Order) => void;
  isMissing: boolean;
};

/** Both ways to read dates like 03/04/2026, with what each comes to: the person knows which. */
export function Readings({ readings, example, chosen, onChoose, isMissing }: Props) {
  return (
    <fieldset className="readings" aria-invalid={isMissing}>
      <legend>{words.title}</legend>
      <p className="soft">{words.hint}</p>
      <div className="both">
        {ORDERS.map((order) => {
          const { accepted, rejected_count, first_date, last_date, minutes } = readings[order];
          return (
            <label key={order}>
              <input
                type="radio"
                name="order"
                checked={order === chosen}
                onChange={() => onChoose(order)}
              />
              <span className="date-order">
                <strong>{words[order]}</strong>
                {example && (
                  <span>
                    {words.example(
                      example.written,
                      calendarDay(example[order], {
                        day: "numeric",
                        month: "long",
                        year: "numeric",
                      }),
                    )}
                  </span>
                )}
                {first_date !== null && last_date !== null && (
                  <span className="soft">
                    {words.span(longDay(first_date), longDay(last_date))}
                  </span>
                )}
                <span className="soft">{words.figures(accepted, rejected_count)}</span>
                <span className="soft">{text.importing.report.minutes(duration(minutes))}</span>
              </span>
            </label>
          );
        })}
      </div>
      {isMissing && (
        <p className="error" role="alert">
          {words.needed}
        </p>
      )}
    </fieldset>
  );
}
