"""What the database holds -> the output folder, without asking any site: after a decision."""

import threading
from collections.abc import Callable

from aggregator.errors import AggregatorError
from aggregator.flow import publishing
from aggregator.flow.reading import Entries
from aggregator.flow.run import Run
from aggregator.model import Failure


def republish(run: Run) -> list[Failure]:
    """Write the run's pipelines as the stories stand now; return what could not be written.

    Nothing is fetched, and no run is recorded: a run's row tells what sites answered.

    Raises:
        StoreError: The database failed.
    """
    failures = []
    for result in publishing.does(run, run.pipelines):
        if isinstance(result, Failure):
            failures.append(result)
        elif isinstance(result, Entries):
            with run.database.begin() as db:
                publishing.saves(db, run, [result])
    return failures


class Republisher:
    """Publishes in the background; asked several times while it works, it does so once more.

    `new_run` gives a run with the present time. The thread lives while there is work only, so a
    defect that ends it shows on standard error and the next decision starts another.
    """

    def __init__(self, new_run: Callable[[], Run]) -> None:
        self._new_run = new_run
        self._lock = threading.Lock()
        self._asked = False
        self._thread: threading.Thread | None = None
        #: Why the last publication is not whole, for people; "" when it is.
        self.trouble = ""

    def ask(self) -> None:
        """Have everything published that is decided by now; return at once."""
        with self._lock:
            self._asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="republish")
                self._thread.start()

    def finish(self) -> None:
        """Return when all that was asked for is published."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        try:
            while self._take():
                self._publish()
        except BaseException:
            with self._lock:
                self._thread = None
            raise

    def _take(self) -> bool:
        """Tell whether there is work; under one lock, so that nothing asked for is missed."""
        with self._lock:
            asked, self._asked = self._asked, False
            if not asked:
                self._thread = None
            return asked

    def _publish(self) -> None:
        try:
            failures = republish(self._new_run())
            self.trouble = "; ".join(f"{each.subject}: {each.reason}" for each in failures)
        except AggregatorError as err:
            self.trouble = str(err)
