import { Fragment } from "react";

/** A sentence whose addresses break behind their signs: a narrow place broke inside a word. */
export function Breakable({ children: said }: { children: string }) {
  return said.split(/(\S*@\S*)/).map((part, n) => {
    const pieces = n % 2 === 1 ? (part.match(/[^.@_+-]*[.@_+-]*/g) ?? []) : [part];
    return pieces.map((piece, k) => (
      <Fragment key={`${n} ${k}`}>
        {k > 0 && piece !== "" && <wbr />}
        {piece}
      </Fragment>
    ));
  });
}
