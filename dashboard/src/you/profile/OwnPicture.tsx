import { useState } from "react";

import type { Schemas } from "../../api/client";
import { Face } from "../../parts/figures/Face";
import { text } from "../../text";
import { PictureSheet } from "../lazySections";

type Props = { user: Schemas["User"] };

/** One's own picture, or the first letter; pressed, it is changed. */
export function OwnPicture({ user }: Props) {
  const [isOpen, setOpen] = useState(false);
  // Null without one, and absent where the service keeps none.
  const takesPictures = user.picture !== undefined;
  const face = <Face picture={user.picture} initials={user.username[0]?.toUpperCase() ?? ""} />;
  if (!takesPictures) {
    return (
      <span className="avatar" aria-hidden="true">
        {face}
      </span>
    );
  }
  return (
    <>
      <button
        type="button"
        className="avatar"
        aria-label={text.you.picture}
        onClick={() => setOpen(true)}
      >
        {face}
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-9Zm8 7.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z" />
        </svg>
      </button>
      {isOpen && <PictureSheet hasPicture={Boolean(user.picture)} onClose={() => setOpen(false)} />}
    </>
  );
}
