import { PageLink } from "../../router/PageLink";

type Props = { label: string; links: readonly (readonly [to: string, words: string])[] };

/** Tabs that are pages of their own: each has an address. */
export function LinkTabs({ label, links }: Props) {
  return (
    <nav className="tabs" aria-label={label}>
      {links.map(([to, words]) => (
        <PageLink key={to} to={to} isWhole>
          {words}
        </PageLink>
      ))}
    </nav>
  );
}
