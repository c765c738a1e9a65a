import type { ReactNode } from "react";

import { ApiError } from "../../api/errors";
import { useHasNetwork } from "../../offline/network";
import { text } from "../../text";

type NoticeProps = {
  error: Error | null;
  again?: () => void;
  /** The fields that show their own errors. */
  at?: string[];
};

/** The notice of an error, without the messages that stand at their fields. */
export function ErrorNotice({ error, again, at = [] }: NoticeProps) {
  if (!error) return null;
  const fields = error instanceof ApiError ? Object.entries(error.fields) : [];
  const placeless = fields
    .filter(([name]) => !at.includes(name))
    .flatMap(([, messages]) => messages);
  if (fields.length > 0 && placeless.length === 0) return null;
  return (
    <div className="notice error row" role="alert">
      <span>{placeless.join(" ") || error.message}</span>
      {again && (
        <button type="button" className="button plain" onClick={again}>
          {text.errors.tryAgain}
        </button>
      )}
    </div>
  );
}

/** The messages for a field of a refused form. */
export function fieldErrors(error: Error | null, field: string): string[] {
  return error instanceof ApiError ? (error.fields[field] ?? []) : [];
}

/** The placeholder of content that is loading, as tall as it. */
export function Skeleton({ height, label = text.loading }: { height: number; label?: string }) {
  return (
    <div className="skeleton" style={{ height }} role="status">
      <span className="visually-hidden">{label}</span>
    </div>
  );
}

type Asked = { error: Error | null; refetch: () => unknown };

/** The fallback of queries without data: a skeleton while they load, or their error. */
export function QueryFallback({ of, height }: { of: Asked[]; height: number }) {
  const refused = of.filter(({ error }) => error !== null);
  const hasNetwork = useHasNetwork();
  if (!hasNetwork && height > 0) {
    return <p className="notice">{`${text.offline.mark}. ${text.offline.page}`}</p>;
  }
  if (refused.length === 0) return <Skeleton height={height} />;
  const again = () => {
    for (const one of refused) one.refetch();
  };
  return <ErrorNotice error={refused[0]?.error ?? null} again={again} />;
}

type EmptyProps = { title: string; picture?: ReactNode; children: ReactNode };

/** What a page says that has nothing to show yet: a picture, why, and what to do. */
export function Empty({ title, picture, children }: EmptyProps) {
  return (
    <section className="card empty">
      {picture}
      <h2>{title}</h2>
      {children}
    </section>
  );
}
