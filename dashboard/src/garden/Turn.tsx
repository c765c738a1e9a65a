type Props = {
  shown: string;
  before: string;
  after: string;
  /** Undefined where there is nothing further. */
  onBefore?: () => void;
  onAfter?: () => void;
};

/** One month or year after the other, with the name of the one that is seen. */
export function Turn({ shown, before, after, onBefore, onAfter }: Props) {
  return (
    <div className="month-turn">
      <button type="button" className="icon-button" disabled={!onBefore} onClick={onBefore}>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M12.5 4 6.5 10l6 6" />
        </svg>
        <span className="visually-hidden">{before}</span>
      </button>
      <h2 aria-live="polite">{shown}</h2>
      <button type="button" className="icon-button" disabled={!onAfter} onClick={onAfter}>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="m7.5 4 6 6-6 6" />
        </svg>
        <span className="visually-hidden">{after}</span>
      </button>
    </div>
  );
}
