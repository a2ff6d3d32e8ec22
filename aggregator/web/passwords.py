"""A password -> its hash, and whether it is the right one."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from aggregator.errors import UsageError

#: NIST SP 800-63B asks for 8 beside a second factor and 15 alone; an editors' desk that locks
#: guessers out takes a number that people will accept.
MIN_LENGTH = 12

#: Logins that are checked at once: argon2's default profile takes 64 MiB and 0.2 s each.
_AT_ONCE = 2


#: Characters of an account's name: it stands in each line of a story's history.
MAX_NAME = 64


def check_name(name: str) -> None:
    """Accept a new account's name, or say why not.

    Raises:
        UsageError: It is empty, long, or holds what does not print or would be trimmed.
    """
    if not 0 < len(name) <= MAX_NAME or not name.isprintable() or name != name.strip():
        raise UsageError(
            f"{name!r} cannot be an account's name: take 1 to {MAX_NAME} letters, digits or signs"
        )


def check_strength(password: str) -> None:
    """Accept a new password, or say why not.

    Raises:
        UsageError: It is too short.
    """
    if len(password) < MIN_LENGTH:
        raise UsageError(f"the password needs at least {MIN_LENGTH} characters")


class Passwords:
    """Hashes passwords by argon2id; tests pass a quicker hasher."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return a new hash of the password, with its salt and parameters in it."""
        return self._hasher.hash(_typed(password))

    def match(self, stored: str | None, password: str) -> bool:
        """Tell whether the password is that of a stored hash.

        Without one it is False after the same work, so that time does not tell which accounts
        there are.
        """
        with self._turns:
            try:
                self._hasher.verify(stored or self._nobody, _typed(password))
            except (VerificationError, InvalidHashError):
                return False
            return stored is not None


def _typed(password: str) -> str:
    # The same keys give composed letters on one system and decomposed ones on another.
    return unicodedata.normalize("NFKC", password)
