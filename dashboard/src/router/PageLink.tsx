import type { ComponentPropsWithoutRef } from "react";
import { Link, useLocation } from "wouter";

type Props = Omit<ComponentPropsWithoutRef<"a">, "href"> & { to: string; isWhole?: boolean };

/** A link that says that its page is the open one: at its address, or below it unless `isWhole`. */
export function PageLink({ to, isWhole = false, ...rest }: Props) {
  const [path] = useLocation();
  const isOpen = path === to || (!isWhole && path.startsWith(`${to}/`));
  return <Link to={to} aria-current={isOpen ? "page" : undefined} {...rest} />;
}
