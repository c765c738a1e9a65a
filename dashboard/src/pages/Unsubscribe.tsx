import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api, data } from "../api/client";
import { useLink } from "../links/link";
import { OldLink } from "../links/OldLink";
import { Outcome } from "../links/Outcome";
import { useLinkUse } from "../links/useLinkUse";
import { ErrorNotice } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { refreshFigures } from "../queries/changes";
import { text } from "../text";

const words = text.links.unsubscribe;

/** The page of a link that stops the weekly report, without a sign-in. */
export default function Unsubscribe() {
  useTitle(`${words.title} · ${text.name}`);
  const link = useLink();
  return <Stop key={link} link={link} />;
}

function Stop({ link }: { link: string }) {
  const client = useQueryClient();
  const [token] = useState(link);
  const stop = useLinkUse(
    () => data(api.POST("/api/mail/unsubscribe/{token}", { params: { path: { token } } })),
    () => void refreshFigures(client, "profile"),
  );
  if (stop.isSuccess) {
    return (
      <Outcome title={words.doneTitle} plant="grown">
        <p>{words.done}</p>
        <p className="soft">{words.stays}</p>
        <Link to="/you">{words.back}</Link>
      </Outcome>
    );
  }
  if (token === "" || stop.isOld) {
    return (
      <OldLink why={words.why} isMissing={token === ""}>
        <Link className="button" to="/you">
          {words.toSwitch}
        </Link>
      </OldLink>
    );
  }
  return (
    <section className="card outcome">
      <h1>{words.title}</h1>
      <p className="soft">{words.lead}</p>
      <ErrorNotice error={stop.error} />
      <button
        type="button"
        className="button big"
        disabled={stop.isPending}
        onClick={() => stop.once()}
      >
        {words.send}
      </button>
    </section>
  );
}
