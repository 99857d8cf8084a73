"""The ``foedus`` command: what may go wrong ends in one line and an exit code.

Exit codes: 0 done; 1 a fault of foedus; 2 a mistake the user can mend; 130 stopped by the user.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.case_commands import cases, new, schema, validate
from foedus.cli.evidence_commands import evidence
from foedus.cli.fit_commands import fit_app
from foedus.cli.law_commands import cascade, guarantors, precedents, record, treaties, treaty
from foedus.cli.plan_commands import plan
from foedus.cli.rival_commands import rivals
from foedus.cli.run_commands import assess, brief, run
from foedus.cli.watch_commands import watch
from foedus.errors import FoedusError, Interrupted, UserError

TRACEBACK = "FOEDUS_TRACEBACK"

app = typer.Typer(
    name="foedus",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Is anyone bound to come, who comes, does it work, and what does it cost? "
    "Alliances in political crises, made computable.",
    epilog="A first case of your own: foedus new my-case --country KAZ --out my-case.yaml",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"foedus {version('foedus')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def foedus(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Show the help where no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


_PANELS: dict[str, tuple[Callable[..., None], ...]] = {
    "Answer": (run, plan, assess, brief, rivals, watch),
    "Law": (treaties, treaty, guarantors, cascade, evidence, precedents, record),
    "Cases": (cases, new, validate, schema),
}
for panel, commands in _PANELS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
app.add_typer(fit_app, name="fit", rich_help_panel="Answer")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    code = exit_code(arguments)
    if code == Interrupted.exit_code:
        # Python may end itself by the signal instead, where Ctrl-C fell into text given to exec().
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def exit_code(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; say in one line what went wrong, and return the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = app(args=arguments, prog_name="foedus", standalone_mode=False)
        sys.stdout.flush()
        if code == Interrupted.exit_code:
            return _stopped()
        return code if isinstance(code, int) else 0
    except UserError as error:
        return _say(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except Interrupted as error:
        return _say(f"foedus: {error}", error.exit_code)
    except BrokenPipeError:
        return _reader_left()
    except Exception as error:
        if _is_usage(error):
            return _say(_usage(error), UserError.exit_code)
        if isinstance(error, MemoryError):
            return _say("foedus: this takes more memory than there is; give fewer runs or fewer agents", 2)
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return _say(f"foedus: the disk is full ({error.filename or 'output'}); free some space", 2)
        return _internal(error)


def _say(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


def _stopped() -> int:
    """Ctrl-C; versions of typer differ in whether they raise or return it."""
    return _say("foedus: stopped; nothing was written", Interrupted.exit_code)


def _is_usage(error: Exception) -> bool:
    """Whether the options were wrong: typer carries click inside, or beside it in older versions."""
    return any(kind.__name__ == "ClickException" for kind in type(error).__mro__)


def _usage(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "foedus"
    message = " ".join(str(getattr(error, "format_message", error.__str__)()).split()).rstrip(".")
    return f"{command}: {message}; see `{command} --help`"


def _reader_left() -> int:
    """Nobody reads on (as in ``| head``): no fault, and nothing more to say."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 0


def _internal(error: Exception) -> int:
    if os.environ.get(TRACEBACK):
        raise error
    told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return _say(
        f"foedus: internal error: {told}; please report it; set {TRACEBACK}=1 for the traceback",
        FoedusError.exit_code,
    )
