/**
 * `localStorage`, or the page's memory where it is refused or full. A browser that refuses
 * site data throws at the mere mention of `localStorage`.
 */
const page = new Map<string, string>();

function ours(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export const storage = {
  /** True where entries outlast a reload. */
  get lasts(): boolean {
    try {
      const kept = ours();
      kept?.setItem("focusguard-probe", "");
      kept?.removeItem("focusguard-probe");
      return kept !== null;
    } catch {
      return false;
    }
  },

  /** True where this entry outlasts a reload. */
  isSafe(name: string): boolean {
    try {
      return !page.has(name) && (ours()?.getItem(name) ?? null) !== null;
    } catch {
      return false;
    }
  },

  get(name: string): string | null {
    try {
      return page.get(name) ?? ours()?.getItem(name) ?? null;
    } catch {
      return null;
    }
  },

  set(name: string, value: string): void {
    try {
      const kept = ours();
      if (kept === null) throw new Error("no storage");
      kept.setItem(name, value);
      page.delete(name);
    } catch {
      // Refused or full.
      page.set(name, value);
    }
  },

  remove(name: string): void {
    page.delete(name);
    try {
      ours()?.removeItem(name);
    } catch {
      // An entry that could not be stored needs no removal.
    }
  },

  /** The names of the entries that begin with a prefix. */
  names(prefix: string): string[] {
    const names = new Set(page.keys());
    try {
      for (const name of Object.keys(ours() ?? {})) names.add(name);
    } catch {
      // Those of the page remain.
    }
    return [...names].filter((name) => name.startsWith(prefix));
  },
};
