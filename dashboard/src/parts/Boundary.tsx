import { Component, type ReactNode } from "react";

import { text } from "../text";

/**
 * Shows that a page failed, instead of nothing: mostly one whose file did not come, or
 * is gone since a newer version was put up. Reloading gets the newest.
 */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="notice wrong row" role="alert">
        <span>{text.errors.page}</span>
        <button type="button" className="button plain" onClick={() => window.location.reload()}>
          {text.errors.reload}
        </button>
      </div>
    );
  }
}
