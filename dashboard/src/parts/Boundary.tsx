import { Component, type ReactNode } from "react";

import { text } from "../text";

/** Say what went wrong with a page, and offer what helps. */
export function Reload({ message }: { message: string }) {
  return (
    <div className="notice error row" role="alert">
      <span>{message}</span>
      <button type="button" className="button plain" onClick={() => window.location.reload()}>
        {text.errors.reload}
      </button>
    </div>
  );
}

/** Shows that a page failed, instead of nothing. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    return this.state.failed ? <Reload message={text.errors.page} /> : this.props.children;
  }
}
