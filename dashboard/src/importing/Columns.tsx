import { isolated } from "../format";
import { text } from "../text";
import { type Role, ROLES, type Table } from "./csv";

const words = text.importing.choose;

type Props = {
  table: Table;
  roles: (Role | null)[];
  onChange: (roles: (Role | null)[]) => void;
  error: string | null;
};

/** What each column of a file is, said by the person: of a program that nobody here knows. */
export function Columns({ table, roles, onChange, error }: Props) {
  const choose = (column: number, role: Role | null) =>
    // A role is one column's: the other one gives it up.
    onChange(roles.map((before, n) => (n === column ? role : before === role ? null : before)));
  return (
    <fieldset className="file-columns">
      <legend>{words.columns}</legend>
      <p className="soft">{words.columnsHint}</p>
      <ul>
        {table.header.map((name, n) => (
          <li key={n}>
            <span>
              <strong>{name.trim() || words.unnamed(n + 1)}</strong>
              <span className="soft">{table.rows[0]?.[n]}</span>
            </span>
            <select
              aria-label={words.column(name.trim() ? isolated(name.trim()) : words.unnamed(n + 1))}
              value={roles[n] ?? ""}
              onChange={(event) => choose(n, (event.target.value || null) as Role | null)}
            >
              <option value="">{words.roles.none}</option>
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {words.roles[role]}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      {error !== null && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
