"""The shipped templates as Jinja compiled them: for another run they are not compiled again."""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from report_builder.compiled import keep, recall
from report_builder.templating.chain import shipped_templates


class Bytecode(BytecodeCache):
    """Keeps the code of shipped templates; a workspace's own are compiled in each run."""

    def __init__(self, *, is_html: bool) -> None:
        self._is_html = is_html

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  # as Jinja asks
        """Return the name to keep a template's code by; none where it is not to be kept."""
        path, shipped = Path(filename or "").resolve(), shipped_templates().resolve()
        if not path.is_relative_to(shipped):
            return ""
        form = "html" if self._is_html else "text"
        return ".".join((*path.relative_to(shipped).parts, form))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it was compiled from the same text."""
        if bucket.key and (code := recall(bucket.key, self._made_of(bucket))):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.key:
            keep(bucket.key, self._made_of(bucket), bucket.bytecode_to_string())

    def _made_of(self, bucket: Bucket) -> str:
        return f"{jinja2.__version__} {bucket.checksum}"
