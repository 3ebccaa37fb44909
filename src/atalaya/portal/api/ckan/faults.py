"""What an action answers when it cannot do what was asked: CKAN's kinds of error with CKAN's status codes."""

from collections.abc import Mapping


class ActionError(Exception):
    """Root of what actions raise; `kind` is CKAN's `__type`."""

    status = 400
    kind = "Integrity Error"

    def fields(self) -> dict[str, object]:
        """What the error says beside its type."""
        return {"message": str(self)}


class NotFoundError(ActionError):
    """There is no such thing. Raised by every `*_show`."""

    status = 404
    kind = "Not Found Error"


class ArgumentsError(ActionError):
    """An argument is missing or of another kind. Raised by `arguments`."""

    status = 409
    kind = "Validation Error"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = faults

    def fields(self) -> dict[str, object]:
        """The faults by the name of their argument, each as a list of one."""
        return {name: [fault] for name, fault in self.faults.items()}


class QueryError(ActionError):
    """A search that cannot be read. Raised by `package_search`."""

    status = 400
    kind = "Search Query Error"


class SearchError(ActionError):
    """A search that is not permitted. Raised by `package_search`."""

    status = 409
    kind = "Search Error"
