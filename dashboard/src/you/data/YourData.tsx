import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { isolated } from "../../format";
import { api, data, type Schemas, signOut } from "../../api/client";
import { forgetUser } from "../../focus/forgetUser";
import { Confirm } from "../../parts/forms/Confirm";
import { Field } from "../../parts/forms/Field";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { proven } from "../../ways/proof/proof";
import { Group } from "../rows/Group";
import { Row } from "../rows/Row";
import { SectionHead } from "../SectionHead";
import { download } from "./download";

const words = text.you;
const EXPORTS = [
  ["json", words.export, words.exportHint],
  ["csv", words.exportCsv, words.exportCsvHint],
] as const;

/** What is kept of the user: to take along, to add to, and to remove for ever. */
export function YourData({ user }: { user: Schemas["User"] }) {
  return (
    <>
      <SectionHead title={text.settings.names.data} lead={words.dataLead} />
      <Group title={words.take}>
        {EXPORTS.map(([format, title, hint]) => (
          <Export key={format} format={format} title={title} hint={hint} />
        ))}
      </Group>
      <Group title={words.bring}>
        <Row title={words.import} hint={words.importHint}>
          <Link className="button plain small" to="/history/import">
            {words.toImport}
          </Link>
        </Row>
      </Group>
      <Deletion user={user} />
    </>
  );
}

type ExportProps = { format: "json" | "csv"; title: string; hint: string };

function Export({ format, title, hint }: ExportProps) {
  const fetchAll = useMutation({ mutationFn: download });
  const fetchOnce = useOnce(fetchAll.mutateAsync);
  return (
    <Row
      title={title}
      hint={hint}
      saving={{ saved: null, error: fetchAll.error, again: () => fetchOnce(format) }}
    >
      <button
        type="button"
        className="button plain small"
        disabled={fetchAll.isPending}
        onClick={() => fetchOnce(format)}
      >
        {words.download}
        <span className="visually-hidden"> {title}</span>
      </button>
    </Row>
  );
}

function Deletion({ user }: { user: Schemas["User"] }) {
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: async () => {
      // A proof is asked for between two tries: while one signs out no other request is sent.
      await proven(() => signOut(() => data(api.DELETE("/api/users/me"))));
      await forgetUser(user.id);
    },
  });
  return (
    <Group title={words.end} warn>
      <Row title={words.delete} hint={words.deleteText}>
        <button
          type="button"
          className="button warn small"
          disabled={remove.isPending}
          onClick={() => setAsking(true)}
        >
          {words.delete}
        </button>
      </Row>
      <ErrorNotice error={remove.error} />
      <Confirm
        title={words.delete}
        open={isAsking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          remove.mutate();
        }}
        yes={words.deleteYes}
        no={words.cancel}
        // Copied from the sentence, it has the marks of its direction about it.
        disabled={typed.replace(/[\u2066-\u2069]/g, "").trim() !== user.username}
      >
        <p>{words.deleteText}</p>
        <Field
          label={words.deleteConfirm(isolated(user.username))}
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Confirm>
    </Group>
  );
}
