"""Why a file is not taken: a code for programs, and a sentence with what to do for people."""

from collections.abc import Mapping

REFUSALS = {
    "name_empty": "The file has no name; give it one and send it again.",
    "name_path": "The name of the file holds a path; send it with a plain name such as “datos.csv”.",
    "name_control": "The name of the file holds characters that cannot be seen; rename it and send it again.",
    "name_ending": "The name of the file has no ending that tells what it is, such as “.csv”; rename it and send it again.",
    "name_program": "The name of the file says that it is a program or a page (“.{ending}”); such files are not taken.",
    "empty": "The file is empty; look at it and send it again.",
    "too_large": "The file has {size} MB and at most {most} MB are taken; split it or leave out what is not needed.",
    "kind": "Files of this kind ({kind}) are not taken here; taken are: {taken}.",
    "unknown": "The file cannot be recognised as any kind that is taken here; taken are: {taken}.",
    "disguised": "The name says “{said}” but the file is {kind}; save it anew as what it is and send it again.",
    "two_kinds": "The file is of two kinds at once ({kind} and something else); save it anew and send it again.",
    "program": "The file is or holds a program, a script or a web page; such files are not taken.",
    "macros": "The file holds macros or embedded objects; save it without them (in Excel: “.xlsx”) and send it again.",
    "commands": "The file holds links that start programs (DDE); remove them and send it again.",
    "active": "The PDF holds scripts, attached files or actions; print it to a new PDF and send that.",
    "password": "The file is protected by a password; remove the password and send it again.",
    "bomb": "The file unpacks to far more than its size; send its contents as they are.",
    "nested": "There is an archive inside the archive; unpack it and send the files in one single archive.",
    "many": "The archive holds more than {most} files; send fewer in each archive.",
    "broken": "The file is damaged or cut off: it cannot be read whole. Open it, save it anew and send it again.",
    "picture_size": "The picture is larger than {most} megapixels or smaller than {least} pixels; change its size.",
    "alternative": "Say in a sentence what the picture shows, for those who do not see it.",
    "credit": "Say who made the picture.",
    "too_long": "The file took too long to examine; send a smaller one.",
    "busy": "Other files are being examined just now; send yours again in a minute.",
    "a_day": "You have sent as much as one person may in a day; go on tomorrow.",
    "not_yours": "Only people who signed in with a role of theirs may send files.",
    "purpose": "Files are not taken for “{said}”.",
}
"""Code → the sentence; what stands in braces is filled in."""


class Refusal(Exception):
    """A file is not taken: why, and what is filled into the sentence. Raised by what examines files."""

    def __init__(self, code: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code, self.values = code, dict(values or {})
