"""How often somebody may try to log in."""

import hashlib
from datetime import datetime

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

#: Attempts in a quarter of an hour. An editor who mistypes needs a handful; at this rate a guesser
#: tries a thousand passwords a day on one account. An address may be a whole office.
_PER_ACCOUNT = RateLimitItemPerMinute(10, 15)
_PER_ADDRESS = RateLimitItemPerMinute(30, 15)


class Throttle:
    """Counts attempts per account and per address, in this process' memory."""

    def __init__(
        self,
        per_account: RateLimitItem = _PER_ACCOUNT,
        per_address: RateLimitItem = _PER_ADDRESS,
    ) -> None:
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._per_account = per_account
        self._per_address = per_address

    def wait(self, account: str, address: str, now: datetime) -> int:
        """Count an attempt; return the seconds to wait before it may be made, 0 if it may be.

        Attempts are counted before the password is looked at, so many at once gain nothing. Those
        of an address that has had its share don't count against the account.
        """
        return self._wait(self._per_address, ("address", address), now) or self._wait(
            self._per_account, _account(account), now
        )

    def forgive(self, account: str) -> None:
        """Forget an account's attempts: its owner is in."""
        self._counter.clear(self._per_account, *_account(account))

    def _wait(self, limit: RateLimitItem, who: tuple[str, str], now: datetime) -> int:
        if self._counter.hit(limit, *who):
            return 0
        free_at = self._counter.get_window_stats(limit, *who).reset_time
        # The library reads the machine's own clock; where ours is another, the bounds are right.
        return max(1, min(limit.get_expiry(), round(free_at - now.timestamp())))


def _account(name: str) -> tuple[str, str]:
    # Whoever guesses may send names of any length, and they stay in memory until they expire.
    return "account", hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
