# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Mail: letters leave by SMTP, or, where no server is named, lie as files that nobody but this user can read."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ledger.instants import moment_of
from notifications.letters import Written

TIMEOUT_SECONDS = 10.0
PORTS = {"smtp": 587, "smtps": 465}


class MailNotSent(Exception):
    """The mail server cannot be reached, or does not take the letter; what it said may name people, so it is not told."""

    code = "mail.not_sent"


@dataclass(frozen=True, slots=True)
class Post:
    """Where letters go: a mail server's address, or a folder; and whom they come from."""

    folder: Path
    sender: str
    smtp_url: str | None = None

    def send(self, identifier: str, to: str, written: Written, at: str) -> None:
        """Sends a letter; sent again, it bears the same Message-ID. Raises MailNotSent."""
        message = _message(self.sender, identifier, to, written, at)
        try:
            _by_smtp(self.smtp_url, message) if self.smtp_url else _to_file(self.folder, identifier, message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent(type(error).__name__) from error


def lying_for(folder: Path, to: str) -> Iterator[Path]:
    """The letters to an address that lie in a folder."""
    for path in sorted(folder.glob("*.eml")):
        with path.open("rb") as file:
            if BytesHeaderParser().parse(file)["To"] == to:
                yield path


def _message(sender: str, identifier: str, to: str, written: Written, at: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = written.subject
    message["Date"] = format_datetime(moment_of(at))
    message["Message-ID"] = f"<{identifier}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    # No machine answers a letter of a machine (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    return message


def _by_smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    safe = ssl.create_default_context()
    with _server(parts.scheme, host, port, safe) as server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=safe)
            server.ehlo()
        if parts.username:
            _log_in(server, unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _server(scheme: str, host: str, port: int, safe: ssl.SSLContext) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=safe)
    return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """A password goes over no open wire."""
    if not isinstance(server.sock, ssl.SSLSocket):
        raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS")
    server.login(user, password)


def _to_file(folder: Path, identifier: str, message: EmailMessage) -> None:
    """Whole or not at all, under the identifier: a letter sent again replaces itself."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{identifier}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{identifier}.eml")
