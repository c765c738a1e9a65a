import { useState } from "react";
import { Link } from "wouter";

import { historyAt } from "../history/list/filters";
import { Confirm } from "../parts/forms/Confirm";
import { useOnce } from "../parts/forms/useOnce";
import { type Import, useUndo } from "../queries/imports";
import { text } from "../text";
import type { Chosen } from "./chosen";
import { linesOf } from "./csv";
import { ImportError } from "./ImportError";
import { Rejected } from "./Rejected";

const words = text.importing;

type Props = { shown: Import; chosen: Chosen | null; onAnother: () => void };

/** What came of a file: added, undone, or not taken and why. */
export function Ended({ shown, chosen, onAnother }: Props) {
  const { status, report, outcome } = shown;
  const another = (
    <button type="button" className="button plain" onClick={onAnother}>
      {status === "failed" ? words.again : words.outcome.another}
    </button>
  );
  if (status === "failed") {
    const fault = report?.fault ?? "given_up";
    return (
      <section className="card">
        <h2>{words.failed}</h2>
        <p>{words.faults[fault]}</p>
        <div className="row">{another}</div>
      </section>
    );
  }
  if (status === "undone") {
    return (
      <section className="card">
        <h2>{words.outcome.undone}</h2>
        <p className="soft">{words.outcome.undoneText}</p>
        <div className="row">{another}</div>
      </section>
    );
  }
  const added = outcome?.accepted ?? 0;
  return (
    <section className="card outcome-of-import">
      <h2>{added > 0 ? words.outcome.title(added) : words.outcome.none}</h2>
      {added > 0 && <p className="soft">{words.outcome.text}</p>}
      {outcome && (
        <Rejected
          count={outcome.rejected_count}
          lines={outcome.rejected}
          file={chosen ? linesOf(chosen.text) : []}
        />
      )}
      <div className="row">
        {added > 0 && (
          <Link className="button" to={historyAt({ kind: "entry" })}>
            {words.outcome.look}
          </Link>
        )}
        <Undo id={shown.id} entries={added} />
        {another}
      </div>
    </section>
  );
}

/** The undoing of an import as a whole, after a question. */
export function Undo({ id, entries }: { id: string; entries: number }) {
  const [isAsked, setIsAsked] = useState(false);
  const undo = useUndo();
  const undoOnce = useOnce(async () => {
    setIsAsked(false);
    await undo.mutateAsync(id);
  });
  return (
    <>
      <button
        type="button"
        className="button plain"
        disabled={undo.isPending}
        onClick={() => setIsAsked(true)}
      >
        {words.outcome.undo}
      </button>
      <Confirm
        title={words.outcome.undoAsk}
        open={isAsked}
        onClose={() => setIsAsked(false)}
        onYes={undoOnce}
        yes={words.outcome.undoYes}
        no={words.outcome.undoNo}
      >
        <p>{words.outcome.undoText(entries)}</p>
      </Confirm>
      <ImportError error={undo.error} />
    </>
  );
}
