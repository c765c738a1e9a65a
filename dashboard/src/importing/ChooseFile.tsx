import { useState } from "react";

import { newKey } from "../api/idempotencyKey";
import { ApiError } from "../api/errors";
import { Field } from "../parts/forms/Field";
import { Form } from "../parts/forms/Form";
import { type ImportSource, useUpload } from "../queries/imports";
import { text } from "../text";
import { type Chosen, read } from "./chosen";
import { Columns } from "./Columns";
import { guessedRoles, isEnough, type Role, withRoles } from "./csv";
import { FileDrop } from "./FileDrop";
import { FilePreview } from "./FilePreview";
import { ImportError } from "./ImportError";

const words = text.importing.choose;
const PROGRAMS = ["", "forest", "toggl", "pomofocus", "super_productivity", "generic"] as const;

type Props = {
  zone: string;
  /** The import that the file became, or the one that stands in its way. */
  onSent: (id: string, chosen: Chosen | null) => void;
};

/** The file, who wrote it and where: all that a try needs. */
export function ChooseFile({ zone, onSent }: Props) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (file: File) =>
    read(file).then(
      (found) => {
        setChosen(found);
        setWrong(null);
      },
      (error: unknown) => setWrong(error instanceof Error ? error.message : words.notText),
    );
  if (chosen === null) {
    return (
      <section className="card">
        <h2>{words.title}</h2>
        <FileDrop onFile={(file) => void take(file)} error={wrong} />
        <details>
          <summary>{words.hows}</summary>
          <dl className="hows">
            {words.how.map(([program, how]) => (
              <div key={program}>
                <dt>{program}</dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
        </details>
      </section>
    );
  }
  return (
    <SendFile
      key={chosen.file.name}
      chosen={chosen}
      zone={zone}
      onSent={onSent}
      onAnother={() => setChosen(null)}
    />
  );
}

type SendProps = Props & { chosen: Chosen; onAnother: () => void };

function SendFile({ chosen, zone, onSent, onAnother }: SendProps) {
  const { file, table, lines } = chosen;
  const [source, setSource] = useState<ImportSource | "">(chosen.isKnown ? "" : "generic");
  const [from, setFrom] = useState(zone);
  const [roles, setRoles] = useState<(Role | null)[]>(() => guessedRoles(table.header));
  const [isWrong, setIsWrong] = useState(false);
  const [key, setKey] = useState(newKey);
  const upload = useUpload();
  const ownColumns = !chosen.isKnown && source === "generic";
  const edited = () => {
    // Another content is another import, and no retry of the one before.
    setKey(newKey());
    setIsWrong(false);
    upload.reset();
  };
  const send = async () => {
    if (ownColumns && !isEnough(roles)) return setIsWrong(true);
    const content = ownColumns ? new Blob([withRoles(chosen.text, table, roles)]) : file;
    try {
      const sent = await upload.mutateAsync({
        file: content,
        source: source || undefined,
        zone: from.trim(),
        key,
      });
      onSent(sent.id, chosen);
    } catch (error) {
      const other = error instanceof ApiError ? error.fields.import_id?.[0] : undefined;
      if (other !== undefined) onSent(other, null);
      throw error;
    }
  };
  const zoneError = upload.error instanceof ApiError && "zone" in upload.error.fields;
  return (
    <section className="card">
      <div className="heading">
        <div>
          <h2>
            <bdi>{file.name}</bdi>
          </h2>
          <p className="soft">{words.size(Math.max(1, Math.round(file.size / 1024)), lines)}</p>
        </div>
        <button type="button" className="button plain" onClick={onAnother}>
          {words.another}
        </button>
      </div>
      <FilePreview table={table} />
      <Form error={upload.error} send={send} edited={edited}>
        <div className="field">
          <label htmlFor="program">{words.program}</label>
          <select
            id="program"
            value={source}
            onChange={(event) => setSource(event.target.value as ImportSource | "")}
          >
            {PROGRAMS.map((program) => (
              <option key={program} value={program}>
                {words.programs[program || "auto"]}
              </option>
            ))}
          </select>
        </div>
        {ownColumns && (
          <Columns
            table={table}
            roles={roles}
            onChange={setRoles}
            error={isWrong ? words.columnsWrong : null}
          />
        )}
        <Field
          label={words.zone}
          value={from}
          hint={words.zoneHint}
          errors={zoneError ? [words.zoneWrong] : []}
          list="zones"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFrom(event.target.value)}
        />
        <datalist id="zones">
          {Intl.supportedValuesOf("timeZone").map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {!zoneError && <ImportError error={upload.error} />}
        <div className="row">
          <button type="submit" className="button" disabled={upload.isPending}>
            {upload.isPending ? words.sending : words.send}
          </button>
          <span className="soft">{words.sendHint}</span>
        </div>
      </Form>
    </section>
  );
}
