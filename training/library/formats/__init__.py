"""Readers of content files: each gives a draft that can be built, or says everything that is wrong."""

from training.library.formats.drafts import Draft, DraftReading
from training.library.formats.reading import read_file
from training.library.formats.shelf import Shelf, SourceFile, find_files, find_shelf

__all__ = ["Draft", "DraftReading", "Shelf", "SourceFile", "find_files", "find_shelf", "read_file"]
