import type { ReactNode } from "react";

import { ApiError } from "../api/errors";
import { text } from "../text";

/** What went wrong as a whole; what is wrong with a field stands at the field. */
export function Wrong({ error, again }: { error: Error | null; again?: () => void }) {
  if (!error) return null;
  if (error instanceof ApiError && Object.keys(error.fields).length > 0) return null;
  return (
    <div className="notice wrong row" role="alert">
      <span>{error.message}</span>
      {again && (
        <button type="button" className="button plain" onClick={again}>
          {text.errors.tryAgain}
        </button>
      )}
    </div>
  );
}

/** The messages for a field out of a refused form. */
export function wrongOf(error: Error | null, field: string): string[] {
  return error instanceof ApiError ? (error.fields[field] ?? []) : [];
}

/** The place that something takes while it is awaited. */
export function Bones({ height, label = text.loading }: { height: number; label?: string }) {
  return (
    <div className="bones" style={{ height }} role="status">
      <span className="unseen">{label}</span>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
