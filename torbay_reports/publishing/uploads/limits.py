"""What an uploaded PDF may be and cost. No settings: a file beyond these is a mistake or an attack."""

import resource
import signal
from typing import Final

import pikepdf

MEGABYTE: Final = 1024 * 1024

FILE_BYTES: Final = 50 * MEGABYTE
PAGES: Final = 1000
OBJECTS: Final = 1_000_000
ELEMENTS: Final = 300_000
"""Of the tag tree."""

LONGEST_SIDE: Final = 14_400.0
SHORTEST_SIDE: Final = 36.0
"""Of a page, in points: five metres (what readers show at most, ISO 32000-1 annex C) and a centimetre and a quarter."""

CONTENT_BYTES: Final = 24 * MEGABYTE
"""Of one page's or one drawing's instructions, unpacked."""

DECODED_BYTES: Final = 1024 * MEGABYTE
"""Of all streams, unpacked one after another."""

STREAM_BYTES: Final = 256 * MEGABYTE
"""Of one picture or font, unpacked."""

PICTURE_POINTS: Final = 400_000_000
"""Of one picture: A1 at 600 to the inch."""

INSTRUCTIONS: Final = 20_000_000
"""That one page asks a reader to carry out, drawings inside drawings counted as often as they are drawn."""

VALUES: Final = 10_000_000
"""Numbers, names and strings in everything that the pages use."""

PART_BYTES: Final = 120 * MEGABYTE
TEXT_CHARACTERS: Final = 200_000
"""Of one page, kept for readers online."""

ALL_TEXT_CHARACTERS: Final = 20_000_000
"""Of all pages."""

DEPTH: Final = 40
"""Of drawings, of colours and of tags in one another."""

MEMORY_BYTES: Final = 1280 * MEGABYTE
"""Address space of the process that reads; what it really holds is less."""

CPU_SECONDS: Final = 90
LOOK_SECONDS: Final = 40
"""Of the process that draws pages to see what does not show."""

CPU_SIGNAL: Final = signal.SIGXCPU
"""What ends the process that needs longer."""

WALL_SECONDS: Final = 300.0
"""Twice for a machine that is busy, and again."""


def confine() -> None:
    """Hold this process to the limits for good. It can write no file and leaves no image of its memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=20_000,
        parser_max_nesting=200,
        parser_max_errors=0,
        parser_max_container_size=OBJECTS,
        parser_max_container_size_damaged=5000,
        max_stream_filters=4,
        flate_max_memory=STREAM_BYTES,
        png_max_memory=STREAM_BYTES,
        tiff_max_memory=STREAM_BYTES,
        run_length_max_memory=STREAM_BYTES,
    )
