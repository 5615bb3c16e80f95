"""How long builds and previews take on an invented organ of any size.

    python -m benchmarks.corpus 1500 FOLDER        # write the organ
    python -m benchmarks 15                        # builds and previews of this checkout
    python -m benchmarks 15 150 --runs 5
    python -m benchmarks 1500 --against before=/path/to/checkout/.venv/bin/tracker

`corpus.py` invents the organ, `words.py` has the pieces of its texts, `__main__.py` measures. Each
build is a whole process, from an empty folder, in turns: this checkout, each other command, and
again, so that whatever else the machine does falls on all alike. Printed are medians of wall-clock
seconds and of processor seconds; the latter are what changes are judged by. A preview is asked for
its page every ten milliseconds from the moment a file is saved until the page shows the new words.
"""
