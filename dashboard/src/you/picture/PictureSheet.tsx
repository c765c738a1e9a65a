import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ChangeEvent, useRef, useState } from "react";

import { api, data } from "../../api/client";
import { Sheet } from "../../parts/floating/Sheet";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { refreshFigures } from "../../queries/changes";
import { text } from "../../text";
import { type Crop, whole } from "./crop";
import { Cropper } from "./Cropper";
import { cutOut } from "./drawing";
import "../../styles/you/ways.css";

const words = text.ways.picture;

type Props = { hasPicture: boolean; onClose: () => void };
type Chosen = { picture: ImageBitmap };

async function send(picture: ImageBitmap, crop: Crop) {
  const file = await cutOut(picture, crop);
  await data(
    api.PUT("/api/users/me/picture", {
      // Bytes, which the document has no other type for.
      body: file as unknown as string,
      bodySerializer: (body) => body,
      headers: { "Content-Type": file.type },
    }),
  );
}

/** The sheet in which a picture is chosen, cut to a square, and sent; or taken away. */
export default function PictureSheet({ hasPicture, onClose }: Props) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [crop, setCrop] = useState<Crop>({ x: 0, y: 0, zoom: 1 });
  const read = useMutation({
    mutationFn: async (file: File) => ({ picture: await readable(file) }),
    onSuccess: (found) => {
      setCrop(whole(found.picture));
      setChosen(found);
    },
  });
  const after = {
    onSuccess: async () => {
      await refreshFigures(client, "profile");
      onClose();
    },
  };
  const save = useMutation({
    mutationFn: ({ picture }: Chosen) => send(picture, crop),
    ...after,
  });
  const remove = useMutation({
    mutationFn: () => data(api.DELETE("/api/users/me/picture")),
    ...after,
  });
  const saveOnce = useOnce(save.mutateAsync);
  const removeOnce = useOnce(remove.mutateAsync);
  const isBusy = save.isPending || remove.isPending;
  const foot = (
    <>
      {hasPicture && !chosen && (
        <button
          type="button"
          className="button plain warns"
          disabled={isBusy}
          onClick={() => removeOnce()}
        >
          {words.remove}
        </button>
      )}
      <ChooseFile isFirst={!chosen} onChoose={(file) => read.mutate(file)} />
      {chosen && (
        <button type="button" className="button" disabled={isBusy} onClick={() => saveOnce(chosen)}>
          {words.save}
        </button>
      )}
    </>
  );
  return (
    <Sheet title={words.title} open onClose={onClose} foot={foot}>
      <p className="soft">{words.lead}</p>
      {chosen ? (
        <Cropper picture={chosen.picture} crop={crop} onChange={setCrop} />
      ) : (
        <p className="soft">{words.kinds}</p>
      )}
      <ErrorNotice error={read.error ?? save.error ?? remove.error} />
    </Sheet>
  );
}

/** A picture as the browser reads it, turned as its camera was held. */
async function readable(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Error(words.unreadable);
  }
}

type ChooseProps = { isFirst: boolean; onChoose: (file: File) => void };

function ChooseFile({ isFirst, onChoose }: ChooseProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file) onChoose(file);
    // The same file may be chosen once more.
    target.value = "";
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp"
        onChange={choose}
      />
      <button
        type="button"
        className={isFirst ? "button" : "button plain"}
        onClick={() => input.current?.click()}
      >
        {isFirst ? words.choose : words.another}
      </button>
    </>
  );
}
