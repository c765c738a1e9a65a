import { useTitle } from "../parts/title";
import { text } from "../text";

/** The heading of a section of the settings, which is its page's name too. */
export function SectionHead({ title, lead }: { title: string; lead: string }) {
  useTitle(`${title} · ${text.name}`);
  return (
    <header className="section-head">
      <h1>{title}</h1>
      <p className="soft">{lead}</p>
    </header>
  );
}
