"""One count of progress over several pieces of work, done one after another."""

from __future__ import annotations

from foedus.engine.run import Progress


class Counter:
    """Adds up the progress of pieces of work; tells ``progress`` runs done and runs in all."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def part(self) -> Progress | None:
        """Progress of the next piece, counted on from those before; None where nobody listens."""
        progress, before = self._progress, self._done
        if progress is None:
            return None

        def tell(done: int, _: int) -> None:
            self._done = before + done
            progress(self._done, self._total)

        return tell
