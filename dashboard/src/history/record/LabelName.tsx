import type { Label } from "../../queries/labels";

/** A label: its colour as a dot, and its name, which says the same to who sees no colour. */
export function LabelName({ label }: { label: Label }) {
  return (
    <span className="record-label">
      <LabelDot color={label.color} />
      <bdi>{label.name}</bdi>
    </span>
  );
}

export function LabelDot({ color }: { color: Label["color"] | null }) {
  return (
    <i
      className="record-dot"
      style={
        { "--label": color === null ? undefined : `var(--label-${color})` } as React.CSSProperties
      }
      aria-hidden="true"
    />
  );
}
