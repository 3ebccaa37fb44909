"""The tree of errors that Atalaya raises.

Only our own faults, or a user's input that cannot be used, are errors. What a publisher does wrong is data: it becomes an
outcome with evidence and never an exception that leaves the round.

AtalayaError
├── SettingsError        a setting or an environment variable cannot be used
├── CountryPackError     a country pack is missing or contradicts its schema
├── MethodologyError     a methodology cannot be used
├── ArraysUnusable       numbers given to the mathematics of indices cannot be computed with
├── StoreError           an observation, a part or the archive cannot be read or written
│   ├── IntegrityError   stored bytes differ from the hash that names them
│   ├── NotSealedError   an operation needs a sealed observation
│   └── RunElsewhere     another process runs the round that is asked for
├── SchemaUnusable       a schema given by the user cannot be used
├── PlanFileUnusable     a file that should hold an action plan cannot be read or written
├── SourceError          a source declaration or address given by the user cannot be used
├── ReplayError          a folder of recordings cannot be replayed
├── ProcessDied          a process that did a part of our work ended in the middle of it
└── RoundAborted         our side failed: every canary host failed, so nothing may be sealed
"""


class AtalayaError(Exception):
    """Root of every error; the message names the thing, the place and what to do."""


class SettingsError(AtalayaError):
    """Raised by `settings` when a variable of the environment cannot be used."""


class CountryPackError(AtalayaError):
    """Raised by `countries` when a pack is missing or contradicts its schema."""


class MethodologyError(AtalayaError):
    """Raised by `indices` when a methodology is missing, wrong or locked."""


class ArraysUnusable(AtalayaError):
    """Raised by `indices` when arrays given to it do not fit together or hold too little: shapes, draws, raters."""


class StoreError(AtalayaError):
    """Raised by `store` when an observation, a part or the archive cannot be used."""


class IntegrityError(StoreError):
    """Raised by `store` when stored bytes differ from the hash that names them."""


class NotSealedError(StoreError):
    """Raised by `store` and `history` when an operation needs a sealed observation."""


class RunElsewhere(StoreError):
    """Raised by `rounds` when another process holds the round that is asked for; it may be tried again later."""


class SchemaUnusable(AtalayaError):
    """Raised by `cli` when a schema that the user names is missing, is not JSON or contradicts Table Schema."""


class PlanFileUnusable(AtalayaError):
    """Raised by `publish` when a file that should hold an action plan cannot be read or written."""


class SourceError(AtalayaError):
    """Raised by `harvest` and `cli` when a source declaration or address cannot be used."""


class ReplayError(AtalayaError):
    """Raised by `replay` when a folder of recordings cannot be served."""


class ProcessDied(AtalayaError):
    """Raised by `rounds` when a process that it started ended before its work was done."""


class RoundAborted(AtalayaError):
    """Raised by `rounds` when our own side failed and the round must not be sealed."""
