import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api, data } from "../api/client";
import { ApiError } from "../api/errors";
import { useUserId } from "../frame/useSignedInUser";
import { Plant } from "../garden/Plant";
import { useLink } from "../links/link";
import { OldLink } from "../links/OldLink";
import { Outcome } from "../links/Outcome";
import { SendAgain } from "../links/SendAgain";
import { useLinkUse } from "../links/useLinkUse";
import { ErrorNotice } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { refreshFigures } from "../queries/changes";
import { me } from "../queries/queries";
import { text } from "../text";

const words = text.links.verify;

/** The page of a link that confirms an address, for whoever is signed in, or nobody. */
export default function Verify() {
  useTitle(`${words.title} · ${text.name}`);
  const link = useLink();
  return <Confirmation key={link} link={link} />;
}

function Confirmation({ link }: { link: string }) {
  const client = useQueryClient();
  const [token] = useState(link);
  const confirm = useLinkUse(
    () => data(api.POST("/api/auth/email/confirm", { body: { token } })),
    // Also in the tabs that show the address as unconfirmed.
    () => void refreshFigures(client, "profile"),
  );
  if (confirm.isSuccess) {
    return (
      <Outcome title={words.doneTitle} plant="grown">
        <p>{words.done(confirm.data.email)}</p>
        <Link className="button" to="/">
          {words.on}
        </Link>
      </Outcome>
    );
  }
  if (token === "" || confirm.isOld) {
    return <OldConfirmation isMissing={token === ""} maybeDone={confirm.maybeDone} />;
  }
  if (isTaken(confirm.error)) {
    return (
      <Outcome title={words.takenTitle} plant="withered">
        <p className="soft">{words.taken}</p>
        <Link className="button" to="/you">
          {words.toYou}
        </Link>
      </Outcome>
    );
  }
  // Fetching the page changes nothing: programs that look into mails open each link.
  return (
    <section className="card outcome">
      <Plant kind="Sunflower" stage={3} label="" />
      <h1>{words.title}</h1>
      <p className="soft">{words.lead}</p>
      <ErrorNotice error={confirm.error} />
      <button
        type="button"
        className="button big"
        disabled={confirm.isPending}
        onClick={() => confirm.once()}
      >
        {words.send}
      </button>
    </section>
  );
}

/** Somebody else has the address by now: no link can change that. */
const isTaken = (error: Error | null) => error instanceof ApiError && error.code === "EMAIL_TAKEN";

type OldProps = { isMissing: boolean; maybeDone: boolean };

/** The old link of an address: nothing is left to do where it is confirmed by now. */
function OldConfirmation({ isMissing, maybeDone }: OldProps) {
  const userId = useUserId();
  const isSignedIn = userId !== false;
  const user = useQuery({ ...me, enabled: isSignedIn }).data;
  if (isSignedIn && user?.email_verified && user.pending_email === null) {
    return (
      <Outcome title={words.alreadyTitle} plant="grown">
        <p>{words.already(user.email)}</p>
        <Link className="button" to="/">
          {words.on}
        </Link>
      </Outcome>
    );
  }
  return (
    <OldLink why={maybeDone ? words.maybe : words.why} isMissing={isMissing}>
      {isSignedIn ? (
        <SendAgain label={words.another} />
      ) : (
        <>
          <p className="soft">{words.signInFirst}</p>
          <Link className="button" to="/sign-in">
            {text.sign.in}
          </Link>
        </>
      )}
    </OldLink>
  );
}
