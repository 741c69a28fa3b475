"""What a module can write, delete or change the mode of, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# All that a module of these offers may change files, but for what is named.
_HARMLESS = {
    "os": {
        *(
            "name",
            "environ",
            "path",
            "sep",
            "linesep",
            "PathLike",
            "fsencode",
            "fsdecode",
            "getpid",
        ),
        *(
            "getcwd",
            "scandir",
            "listdir",
            "walk",
            "stat",
            "lstat",
            "access",
            "W_OK",
            "R_OK",
            "fsync",
        ),
        *("cpu_count", "strerror", "getenv", "sched_getaffinity", "readlink"),
    },
    "shutil": {"get_terminal_size", "which", "ignore_patterns", "disk_usage", "Error"},
    "tempfile": {"gettempdir"},
    "sqlite3": {
        *("Row", "Connection", "Error", "DatabaseError", "IntegrityError", "OperationalError"),
        "ProgrammingError",
    },
    "subprocess": {
        "CompletedProcess",
        "SubprocessError",
        "CalledProcessError",
        "TimeoutExpired",
        "PIPE",
        "DEVNULL",
    },
    "filelock": {"Timeout"},
    "ctypes": {"get_errno"},
    "fileinput": set(),
    "dbm": set(),
    "shelve": set(),
    "mmap": set(),
    "pty": set(),
    "multiprocessing": {"cpu_count", "get_context"},
}
# Ways of objects to change files, whoever they belong to.
_WAYS = {
    *(
        "write_text",
        "write_bytes",
        "mkdir",
        "touch",
        "unlink",
        "rmdir",
        "rename",
        "chmod",
        "lchmod",
    ),
    *("symlink_to", "hardlink_to", "link_to", "rmtree", "copytree", "copyfile", "copy2", "move"),
    *("save", "write_pdf", "write_png", "tofile", "savez", "savefig", "to_file", "extractall"),
    *(
        "extract",
        "copy_into",
        "move_into",
        "makedirs",
        "write_c14n",
        "to_csv",
        "to_json",
        "to_excel",
    ),
}
_OPENERS = {"open", "fdopen", "ZipFile", "TarFile", "GzipFile", "FileIO", "FileHandler"}


def writes(source: str) -> set[str]:
    """Return what a module mentions that can change files: calls by name, “open” with its mode."""
    tree = ast.parse(source)
    modules = {
        alias.asname or alias.name.partition(".")[0]: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return {found for node in ast.walk(tree) for found in _found(node, modules)}


def _found(node: ast.AST, modules: dict[str, str]) -> Iterator[str]:
    match node:
        case ast.ImportFrom(module=str(module), names=names):
            for alias in names:
                if alias.name not in _HARMLESS.get(module, {alias.name}):
                    yield f"{module}.{alias.name}"
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if modules.get(name) in _HARMLESS:
            if attr not in _HARMLESS[modules[name]]:
                yield f"{modules[name]}.{attr}"
        case ast.Attribute(attr=attr) if attr in _WAYS:
            yield attr
        case ast.Call(func=ast.Name(id="getattr" | "__import__" as name), args=[first, *_]):
            if isinstance(first, ast.Name) and modules.get(first.id) in _HARMLESS:
                yield f"{name}({modules[first.id]})"
            elif isinstance(first, ast.Constant):
                yield f"{name}({first.value})"
        case ast.Call():
            yield from _called(node, modules)


def _called(call: ast.Call, modules: dict[str, str]) -> Iterator[str]:
    func = call.func
    name = func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")
    positional, named = call.args, {word.arg: word.value for word in call.keywords}
    # text.replace(old, new) has two, dataclasses.replace(one, field=…) has names.
    if name == "replace" and isinstance(func, ast.Attribute) and len(positional) == 1 and not named:
        yield "replace"
    if name not in _OPENERS:
        return
    # A path knows its name; a function or a library’s open is told it first.
    owner = func.value if isinstance(func, ast.Attribute) else None
    of_library = isinstance(owner, ast.Name) and (owner.id in modules or owner.id[0].isupper())
    place = 0 if name == "open" and owner is not None and not of_library else 1
    mode = named.get("mode", positional[place] if len(positional) > place else None)
    if name == "FileHandler" or "allow_overwriting_input" in named:
        yield name
    elif any(isinstance(one, ast.Starred) for one in positional):
        yield f"{name}(*)"
    elif mode is not None and not isinstance(mode, ast.Constant):
        yield f"{name}(?)"
    elif isinstance(mode, ast.Constant) and set(str(mode.value)) & set("wax+"):
        yield f"{name}({mode.value})"
