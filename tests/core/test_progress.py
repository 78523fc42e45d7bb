"""Progress on standard error: lines in a log, a bar on a terminal."""

import io

import pytest

from torbay_reports.core.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_log_gets_one_line_for_a_step() -> None:
    stream = io.StringIO()
    with Progress("Loading services", stream) as progress:
        assert list(progress.track([1, 2, 3])) == [1, 2, 3]
    assert stream.getvalue() == "Loading services …\n"


def test_a_terminal_gets_a_bar_that_ends_full() -> None:
    stream = Terminal()
    with Progress("Loading services", stream) as progress:
        progress.expect(4)
        progress.advance(3)
    assert stream.getvalue().rstrip().split("\r")[-1].startswith("Loading services")
    assert "4/4" in stream.getvalue().split("\r")[-1]


def test_a_step_that_fails_does_not_look_finished() -> None:
    def break_off(stream: Terminal) -> None:
        with Progress("Loading", stream) as progress:
            progress.expect(4)
            raise ValueError("broken")

    stream = Terminal()
    with pytest.raises(ValueError, match="broken"):
        break_off(stream)
    assert "100%" not in stream.getvalue()
