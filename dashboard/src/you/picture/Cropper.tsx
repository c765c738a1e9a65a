import { type Dispatch, type SetStateAction, useEffect, useId, useRef } from "react";

import { text } from "../../text";
import { type Crop, keyed, MOST_ZOOM, zoomed } from "./crop";
import { draw } from "./drawing";
import { useHand } from "./useHand";

const words = text.ways.picture;
/** The canvas is drawn finer than it is shown. */
const FINE = 640;

type Props = {
  picture: ImageBitmap;
  crop: Crop;
  onChange: Dispatch<SetStateAction<Crop>>;
};

/** The choice of the square that is shown: dragged, zoomed, or moved by keys. */
export function Cropper({ picture, crop, onChange }: Props) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const hand = useHand(canvas, picture, onChange);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, picture, crop);
  }, [picture, crop]);
  return (
    <div className="cropper">
      <div className="crop-view">
        <canvas
          ref={canvas}
          width={FINE}
          height={FINE}
          tabIndex={0}
          role="application"
          aria-label={words.part}
          aria-describedby={`${id}-hint`}
          {...hand}
          onKeyDown={(event) => {
            const next = keyed(picture, crop, event.key);
            if (next === null) return;
            event.preventDefault();
            onChange(next);
          }}
        />
      </div>
      <label className="crop-zoom">
        <span>{words.zoom}</span>
        <input
          type="range"
          min={1}
          max={MOST_ZOOM}
          step={0.01}
          value={crop.zoom}
          onChange={({ target }) => onChange((now) => zoomed(picture, now, Number(target.value)))}
        />
      </label>
      <p className="soft" id={`${id}-hint`}>
        {words.hint}
      </p>
    </div>
  );
}
