import { type ReactNode, useId } from "react";
import "../../styles/you/rows.css";

type Props = {
  title: string;
  lead?: ReactNode;
  /** What is said below the rows. */
  foot?: ReactNode;
  warn?: boolean;
  children: ReactNode;
};

/** A group of settings under its heading: rows in one card. */
export function Group({ title, lead, foot, warn, children }: Props) {
  const id = useId();
  return (
    <section className="settings-group" aria-labelledby={id} data-warn={warn}>
      <h2 id={id}>{title}</h2>
      {lead && <p className="settings-lead">{lead}</p>}
      <div className="settings-rows">{children}</div>
      {foot && <p className="settings-foot">{foot}</p>}
    </section>
  );
}
