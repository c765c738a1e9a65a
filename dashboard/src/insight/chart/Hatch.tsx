/** The hatching of what was told afterwards: told apart without colour. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className="hatch-ground" width="6" height="6" />
        <line className="hatch-line" x1="1.5" x2="1.5" y1="0" y2="6" strokeWidth="2.4" />
      </pattern>
    </defs>
  );
}
