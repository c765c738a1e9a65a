import { Link } from "wouter";

import { Plant } from "../garden/Plant";
import { useTitle } from "../parts/title";
import { text } from "../text";

export default function NotFound() {
  useTitle(`${text.notFound.title} · ${text.name}`);
  return (
    <section className="card empty ended">
      <Plant kind="" stage={0} label="" />
      <h1>{text.notFound.title}</h1>
      <Link className="button" to="/">
        {text.notFound.back}
      </Link>
    </section>
  );
}
