import { Sheet } from "../../parts/floating/Sheet";
import { shortcutsNow } from "../../parts/keys/shortcuts";
import { text } from "../../text";

/** All single keys of this page, opened by one of them. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Sheet title={text.keys.title} open={open} onClose={onClose}>
      <dl className="keys">
        {open &&
          shortcutsNow().map(({ key, label }) => (
            <div key={key}>
              <dt>
                <kbd>{key.toUpperCase()}</kbd>
              </dt>
              <dd>{label}</dd>
            </div>
          ))}
      </dl>
      <p className="soft">{text.keys.hint}</p>
    </Sheet>
  );
}
