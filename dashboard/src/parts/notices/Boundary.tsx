import { Component, type ReactNode } from "react";

import { text } from "../../text";

/** The error notice of a page, with a button that reloads it. */
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

/** The error boundary of a page: a notice instead of an empty page. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    return this.state.failed ? <Reload message={text.errors.page} /> : this.props.children;
  }
}
