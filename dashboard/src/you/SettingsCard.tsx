import type { ReactNode } from "react";

/** A card of the settings page, under its heading. */
export function SettingsCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
