"""What can go wrong on purpose. `training.web.error_pages` maps each class to a status, in one table."""


class TrainingError(Exception):
    """A request that is refused, with a sentence for the person who made it.

    `message` says what is wrong, what was not lost, and what to do; it is shown as it is.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(TrainingError):
    """The thing is not there, or is not this viewer's: the two look alike on purpose."""


class ConflictError(TrainingError):
    """The page that was answered is out of date. `way_on` is the address of the live one."""

    def __init__(self, message: str, way_on: str = "") -> None:
        super().__init__(message)
        self.way_on = way_on


class InvalidError(TrainingError):
    """The request says something that cannot be (a reply that is not on offer, say)."""


class ThrottledError(TrainingError):
    """Too many tries. `retry_after` is how many whole seconds to wait."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class UnavailableError(TrainingError):
    """Something the site needs is away for the moment; trying again is safe."""


class SettingsError(TrainingError):
    """The environment does not describe a site that can start. Every problem is in the message."""
