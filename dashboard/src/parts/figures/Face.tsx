import { useState } from "react";

type Props = { picture?: string | null; initials: string };

/** Somebody's picture; their initials where there is none, or where it does not come. */
export function Face({ picture, initials }: Props) {
  const [missing, setMissing] = useState<string | null>(null);
  if (!picture || picture === missing) return <>{initials}</>;
  return (
    <img
      className="face"
      src={picture}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setMissing(picture)}
    />
  );
}
