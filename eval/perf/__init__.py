"""Speed and memory as ratios against a named peer or a physical floor, measured side by side in one run.

Each module has `run() -> dict` with its figures; `python -m eval.perf` runs them all and prints one table.
"""
