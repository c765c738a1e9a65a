import type { ReactNode } from "react";

type Props = {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  /** The meaning that colours the value. */
  tone?: "growth" | "streak" | "xp" | "rest";
};

/** A figure with its name; it stands in `<dl className="figures">`. */
export function Stat({ label, value, hint, tone }: Props) {
  return (
    <div className="figure" data-tone={tone}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {hint && <dd className="hint">{hint}</dd>}
    </div>
  );
}
