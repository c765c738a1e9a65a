import { useState } from "react";

import { duration, isolated } from "../format";
import type { Schemas } from "../api/client";
import { useOnce } from "../parts/forms/useOnce";
import { type Import, useApply, useUndo } from "../queries/imports";
import { text } from "../text";
import type { Chosen } from "./chosen";
import { ambiguousDate, linesOf } from "./csv";
import { longDay } from "./days";
import { ImportError } from "./ImportError";
import { type Order, Readings } from "./Readings";
import { Rejected } from "./Rejected";

const words = text.importing.report;

type Props = { shown: Import; report: Schemas["ImportReport"]; chosen: Chosen | null };

/** What would become of a file, before any of it counts. */
export function Report({ shown, report, chosen }: Props) {
  const [order, setOrder] = useState<Order | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const apply = useApply(shown.id);
  const undo = useUndo();
  const figures = report.readings && order ? report.readings[order] : report;
  const isUnsaid = report.ambiguous_dates && order === null;
  const applyOnce = useOnce(async () => {
    if (isUnsaid) return setIsMissing(true);
    await apply.mutateAsync(report.ambiguous_dates ? order === "day_first" : null);
  });
  const discard = useOnce(() => undo.mutateAsync(shown.id));
  const { first_date, last_date } = figures;
  return (
    <section className="card report">
      <div>
        <h2>{words.title}</h2>
        <p className="soft">
          {words.of(text.importing.choose.programs[shown.source ?? "generic"] ?? "")}{" "}
          {words.zone(shown.zone)}
        </p>
      </div>
      {report.readings && (
        <Readings
          readings={report.readings}
          example={chosen && ambiguousDate(chosen.text)}
          chosen={order}
          onChoose={(chosenOrder) => {
            setOrder(chosenOrder);
            setIsMissing(false);
          }}
          isMissing={isMissing}
        />
      )}
      {!isUnsaid && (
        <>
          <Verdicts figures={figures} skipped={report.skipped} />
          {first_date !== null && last_date !== null && (
            <p>
              {words.span(longDay(first_date), longDay(last_date))} ·{" "}
              {words.minutes(duration(figures.minutes))}
            </p>
          )}
        </>
      )}
      <Details report={report} />
      {!isUnsaid && (
        <Rejected
          count={figures.rejected_count}
          lines={figures.rejected}
          file={chosen ? linesOf(chosen.text) : []}
        />
      )}
      <ImportError error={apply.error ?? undo.error} />
      <div className="row">
        {figures.accepted > 0 || isUnsaid ? (
          <button type="button" className="button" disabled={apply.isPending} onClick={applyOnce}>
            {isUnsaid ? words.applyAny : words.apply(figures.accepted)}
          </button>
        ) : (
          <p>{words.none}</p>
        )}
        <button type="button" className="button plain" disabled={undo.isPending} onClick={discard}>
          {words.discard}
        </button>
      </div>
    </section>
  );
}

type VerdictsProps = { figures: Schemas["ImportFigures"]; skipped: number };

function Verdicts({ figures, skipped }: VerdictsProps) {
  const verdicts = [
    ["accepted", figures.accepted, words.accepted],
    ["duplicates", figures.duplicates, words.duplicates],
    ["rejected", figures.rejected_count, words.rejected],
    ["skipped", skipped, words.skipped],
  ] as const;
  return (
    <dl className="verdicts">
      {verdicts
        .filter(([name, n]) => n > 0 || name === "accepted")
        .map(([name, n, said]) => (
          <div key={name} className={name}>
            <dt>{said}</dt>
            <dd>{words.count(n)}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What else is to be known of a file: its labels, and what is left out of it. */
function Details({ report }: Pick<Props, "report">) {
  return (
    <>
      {report.labels.length > 0 && (
        <div>
          <h3>{words.labels}</h3>
          <ul className="chips imported-labels">
            {report.labels.map((label) => (
              <li key={label}>
                <bdi>{label}</bdi>
              </li>
            ))}
          </ul>
          <p className="soft">{words.labelsHint}</p>
        </div>
      )}
      {report.shortened > 0 && <p className="soft">{words.shortened(report.shortened)}</p>}
      {report.ignored_columns.length > 0 && (
        <p className="soft">{words.ignored(report.ignored_columns.map(isolated))}</p>
      )}
    </>
  );
}
