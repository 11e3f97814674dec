"""A zip whose bytes depend on nothing but what is in it: no time of day, one order, the zips inside it likewise."""

import io
import zipfile

FIRST = "[Content_Types].xml"
DAY = (1980, 1, 1, 0, 0, 0)
INSIDE = (".xlsx",)


def same_bytes(packed: bytes) -> bytes:
    """
    Pack a zip again: the list of contents first, everything else by name, dated to the first day a zip knows.

    Examples
    --------
    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as archive:
    ...     archive.writestr("b.xml", "B")
    ...     archive.writestr("a.xml", "A")
    >>> zipfile.ZipFile(io.BytesIO(same_bytes(out.getvalue()))).namelist()
    ['a.xml', 'b.xml']
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            content = old.read(name)
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, same_bytes(content) if name.endswith(INSIDE) else content, compresslevel=9)
    return out.getvalue()
