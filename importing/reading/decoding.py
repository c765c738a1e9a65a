"""The text of an uploaded file: UTF-8, or UTF-16 where its byte order mark says so."""

import codecs

from importing.reading.reasons import FileFault, FileRefused

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def text_of(raw: bytes) -> str:
    """Decode a file, with one kind of line ends; FileRefused where it is empty or no text.

    Another encoding is not guessed: half of them decode anything, and a label would be
    stored as nonsense. NUL passes Python's csv reader and is refused by Postgres; who
    has one sent something packed, or UTF-16 without its mark.
    """
    encoding, start = "utf-8", 0
    for mark, name in MARKS.items():
        if raw.startswith(mark):
            encoding, start = name, len(mark)
    try:
        text = raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(FileFault.NOT_TEXT) from error
    if "\0" in text:
        raise FileRefused(FileFault.NOT_TEXT)
    if not text or text.isspace():
        raise FileRefused(FileFault.EMPTY)
    return text.replace("\r\n", "\n").replace("\r", "\n")
