"""Try the mail server."""

from __future__ import annotations

import json

import click

from report_builder.cli.post import asker, json_or_text, workspace_of
from report_builder.cli.run import Settings, in_bytes, reports_problems


@click.group("smtp")
def command() -> None:
    """Try the mail server that report-builder.toml names, without sending anything."""


@command.command("check")
@json_or_text
@click.pass_obj
@reports_problems
def check(settings: Settings, form: str) -> None:
    """Connect, encrypt, sign in, and say what the server allows. Nothing is sent.

    The exit code is 0 when messages could be sent, 1 when not.
    """
    from report_builder.post.credentials import find_secret
    from report_builder.post.transport import LaterError, Server
    from report_builder.problems import Position, failure

    workspace = workspace_of(settings)
    mail = workspace.mail
    position = Position(workspace.settings_file.as_posix())
    if not mail.host:
        hint = "Write host and from under [smtp]: see docs/sending.md."
        raise failure("no-server", position, "It is not said through which server to send.", hint)
    secret = find_secret(mail, asker())
    try:
        server = Server(mail, secret)
    except LaterError as reason:
        message = f"The server cannot be reached: {reason}."
        raise failure("smtp-later", position, message, "Are host and port right?") from None
    offer = server.offer
    server.close()
    said = {
        "server": f"{mail.host}:{mail.port}",
        "encryption": offer.encryption,
        "certificate": "verified" if mail.security != "none" else "none",
        "signed_in_as": mail.username if secret else "",
        "secret_from": secret.source if secret else "",
        "from": mail.sender.address if mail.sender else "",
        "largest_message": offer.largest,
        "exact_end": offer.has_chunking,
        "seconds_between_messages": mail.interval,
    }
    if form == "json":
        click.echo(json.dumps(said, indent=2))
        return
    limit = in_bytes(offer.largest) if offer.largest else "not said"
    safe = f"{offer.encryption}, certificate verified" if offer.encryption != "none" else "none"
    who = f"{mail.username}, with the secret from {secret.source}" if secret else "nobody"
    pace = (
        f"{60 / mail.interval:g} a minute" if mail.interval else "as fast as the server takes them"
    )
    click.echo(f"Server      {said['server']}")
    click.echo(f"Encryption  {safe}")
    click.echo(f"Signed in   {who}")
    click.echo(f"Largest     {limit}")
    click.echo(f"Pace        {pace}")
    click.echo("Messages could be sent.")
