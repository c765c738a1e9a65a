import { Face } from "../parts/figures/Face";
import { LABEL_COLORS } from "../queries/labels";

/** Of a name, the same colour each time. */
function colorOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return LABEL_COLORS[sum % LABEL_COLORS.length] ?? "grey";
}

/** The initials of a name, up to two. */
export function initials(name: string): string {
  const words = name.split(/[-_\d]+/).filter(Boolean);
  const [first = name, second = ""] = words;
  return (first.charAt(0) + second.charAt(0)).toUpperCase();
}

type Props = { name: string; picture?: string | null };

/** A person's picture, or initials in a colour of their own; the name stands beside it. */
export function Avatar({ name, picture }: Props) {
  return (
    <span className={`board-avatar label-${colorOf(name)}`} aria-hidden="true">
      <Face picture={picture} initials={initials(name)} />
    </span>
  );
}
