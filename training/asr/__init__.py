"""The demonstration speech model: texts → synthetic Mandarin → training → export → figures.

`python -m training.asr` runs every stage (`--help` lists them); each can be stopped and goes on where it was.
The model hears only espeak-ng's voices: it exists so that the whole product can be run and tested without
weights of another's making, and its card says so.
"""
