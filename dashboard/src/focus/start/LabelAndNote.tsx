import { lazy, Suspense, useState } from "react";

import { isolated } from "../../format";
import type { Label } from "../../queries/labels";
import { text } from "../../text";

const words = text.today.start;
const LabelSheet = lazy(() => import("./LabelSheet"));

type Props = {
  /** The label that is carried, once it is known to be there. */
  label: Label | null;
  onLabel: (id: string | null) => void;
  note: string;
  onNote: (note: string) => void;
};

/** What a session is about: both are left out as a rule, so they take little room. */
export function LabelAndNote({ label, onLabel, note, onNote }: Props) {
  const [isChoosing, setChoosing] = useState(false);
  const [isNoting, setNoting] = useState(note !== "");
  return (
    <div className="about">
      <div className="row">
        <button
          type="button"
          className="about-chip"
          aria-haspopup="dialog"
          onClick={() => setChoosing(true)}
        >
          {label ? (
            <>
              <i className="dot" style={{ background: `var(--label-${label.color})` }} />
              <bdi>{label.name}</bdi>
            </>
          ) : (
            <>
              <Plus /> {words.label}
            </>
          )}
        </button>
        {label && (
          <button
            type="button"
            className="icon-button"
            aria-label={words.removeLabel(isolated(label.name))}
            onClick={() => onLabel(null)}
          >
            <svg width="16" height="16" viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5 5l10 10M15 5 5 15" />
            </svg>
          </button>
        )}
        {!isNoting && (
          <button type="button" className="about-chip" onClick={() => setNoting(true)}>
            <Plus /> {words.note}
          </button>
        )}
      </div>
      {isNoting && (
        <label className="note">
          <span className="visually-hidden">{words.noteLabel}</span>
          <input
            type="text"
            maxLength={500}
            autoFocus
            autoComplete="off"
            placeholder={words.noteLabel}
            value={note}
            onChange={(event) => onNote(event.target.value)}
          />
          <span className="hint soft">{words.noteHint}</span>
        </label>
      )}
      {isChoosing && (
        <Suspense>
          <LabelSheet
            chosen={label?.id ?? null}
            onClose={() => setChoosing(false)}
            onChoose={(id) => {
              onLabel(id);
              setChoosing(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

const Plus = () => (
  <svg width="14" height="14" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M4 10h12M10 4v12" />
  </svg>
);
