"""The command line: run, chat, criteria, admin, backup."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot import bootstrap, config
from bot.dialogs.facts import RoleKind
from bot.ports import Parked, PlaceRecord
from bot.ports.village.invitations import GrantedRole, RoleCode
from bot.scoring.check import check
from bot.services import administer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    if options.command == "criteria":
        return _check_criteria(options.files)
    try:
        settings = config.load(os.environ)
    except config.ConfigError as error:
        print(f"Settings that need mending:\n{error}", file=sys.stderr)
        return 2
    try:
        return _obey(settings, options)
    except (bootstrap.ListenError, bootstrap.StorageError, OSError) as error:
        print(f"This cannot be done: {error}", file=sys.stderr)
        return 1


def _obey(settings: config.Config, options: argparse.Namespace) -> int:
    match options.command:
        case "run":
            bootstrap.configure_logging(settings.log_level)
            asyncio.run(bootstrap.run_until_signalled(settings))
        case "chat":
            bootstrap.configure_logging("error")
            asyncio.run(bootstrap.chat(settings, repro=options.repro))
        case "backup":
            return _backup(settings, options.target)
        case "admin":
            bootstrap.configure_logging("warning")
            return asyncio.run(_administer(settings, options))
        case _:
            raise AssertionError(options.command)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hoctap", description="The learning-society assistant.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="run the web chat, and Telegram when a token is set")
    chat = commands.add_parser("chat", help="hold the conversation in this terminal")
    chat.add_argument("--repro", action="store_true", help="print a golden conversation of what is said")
    criteria = commands.add_parser("criteria", help="look at criteria sets").add_subparsers(
        dest="action", required=True
    )
    checking = criteria.add_parser("check", help="report every problem of a criteria file")
    checking.add_argument("files", nargs="+", type=Path, metavar="FILE")
    backup = commands.add_parser("backup", help="copy the database while it is in use")
    backup.add_argument("target", type=Path, metavar="FILE")
    _add_admin(commands.add_parser("admin", help="look after an installation"))
    return parser


def _add_admin(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    parked = actions.add_parser("parked", help="list updates that failed three times, or put them back in line")
    parked.add_argument("--retry", nargs="*", type=int, metavar="ID", help="put these back in line; without IDs all")
    actions.add_parser("places", help="list the tree of places")
    place = actions.add_parser("add-place", help="add a province, commune or hamlet, or a district of past years")
    place.add_argument("level", choices=tuple(administer.LEVEL_ABOVE))
    place.add_argument("name")
    place.add_argument("--within", type=int, metavar="ID", help="the place it belongs to")
    close = actions.add_parser("close-place", help="end a place and all below it, such as the sample (id 1)")
    close.add_argument("place", type=int, metavar="ID")
    grant = actions.add_parser("grant", help="make a code that grants one person a role for a place")
    grant.add_argument("role", type=RoleKind, choices=tuple(RoleKind), metavar="ROLE", help="officer or village_head")
    grant.add_argument("place", type=int, metavar="ID")
    grant.add_argument("--days", type=int, default=14, help="how long the code works (default 14)")
    grant.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="last day of the role, as 2027-06-30")
    roles = actions.add_parser("roles", help="list who may do what, and codes of roles that are still open")
    roles.add_argument("place", type=int, nargs="?", metavar="ID", help="only at or below this place")
    revoke = actions.add_parser("revoke", help="end a role by its id, or make a code work no more")
    revoke.add_argument("what", metavar="ROLE_ID|CODE")
    difficult = actions.add_parser("difficult-area", help="set down that a place and all below is a difficult area")
    difficult.add_argument("place", type=int, metavar="ID")
    difficult.add_argument("--source", default="", help="the document that says so; left out, it is taken back")
    invite = actions.add_parser("invite", help="make an invite code that leads families to a hamlet")
    invite.add_argument("place", type=int, metavar="ID")
    invite.add_argument("--days", type=int, default=60, help="how long it works (default 60)")
    invite.add_argument("--uses", type=int, default=500, help="how many families may use it (default 500)")


def _check_criteria(files: Sequence[Path]) -> int:
    broken = 0
    for path in files:
        try:
            problems = check(path.read_bytes(), path.name)
        except OSError as error:
            problems = (f"{path}: cannot be read: {error.strerror}. Name a file that exists.",)
        for problem in problems:
            print(problem)
        broken += bool(problems)
        if not problems:
            print(f"{path}: no problems found.")
    return 1 if broken else 0


def _backup(settings: config.Config, target: Path) -> int:
    bootstrap.backup(settings, target)
    files, key = settings.data_dir / "files", settings.data_dir / "web.key"
    print(f"Backed up to {target}. Copy {files} (evidence) and {key} (signs browsers' cookies) too.")
    return 0


async def _administer(settings: config.Config, options: argparse.Namespace) -> int:
    async with bootstrap.open_core(settings) as core:
        try:
            for line in await _performed(settings, core, options):
                print(line)
        except administer.AdministerError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


async def _performed(settings: config.Config, core: bootstrap.Core, options: argparse.Namespace) -> list[str]:
    """Perform an action of `admin`; returns what to print."""
    today = core.clock.now().astimezone(settings.timezone).date()
    match options.action:
        case "parked" if options.retry is not None:
            return [f"{await administer.retry(core.storage, options.retry)} put back in line."]
        case "parked":
            parked = await administer.parked(core.storage)
            return [*(_parked_line(each, settings) for each in parked), f"{len(parked)} parked."]
        case "places":
            places = await administer.places(core.storage)
            return [_place_line(place) for place in places]
        case "add-place":
            place = await administer.add_place(core.storage, options.level, options.name, options.within, today)
            return [f"Added {place.level} {place.name} with id {place.id}."]
        case "close-place":
            closed = await administer.close_place(core.storage, options.place, today)
            return [f"Closed {place.level} {place.name}." for place in closed]
        case "invite":
            made = await administer.invite(
                core.storage, core.clock, core.ids, options.place, options.days, options.uses
            )
            return _code_lines(f"Invite code for {made.place.name}", made.code, settings)
        case "grant":
            made = await administer.grant(
                core.storage, core.clock, core.ids, options.role, options.place, options.days, options.until, today
            )
            return _code_lines(f"Code for {options.role} of {made.place.name}, once", made.code, settings)
        case "roles":
            held, codes = await administer.roles(core.storage, core.clock, options.place, today)
            return [*map(_role_line, held), *(_open_code_line(each, settings) for each in codes)]
        case "revoke":
            return [await administer.revoke(core.storage, core.clock, options.what, today)]
        case "difficult-area":
            place = await administer.set_difficult_area(core.storage, options.place, options.source)
            said = f"is a difficult area by {options.source}" if options.source else "is no difficult area"
            return [f"{place.name} and all below it {said}."]
        case _:
            raise AssertionError(options.action)


def _code_lines(what: str, code: str, settings: config.Config) -> list[str]:
    lines = [f"{what}: {code[:4]}-{code[4:]}"]
    if settings.web_url:
        lines.append(f"Web link: {settings.web_url}/m/{code}")
    return lines


def _place_line(place: PlaceRecord) -> str:
    ended = f", until {place.valid_until:%d/%m/%Y}" if place.valid_until else ""
    return f"{place.id:>6}  {place.level:<9} {place.name}  (within {place.parent_id or '-'}{ended})"


def _role_line(role: GrantedRole) -> str:
    ends = f" until {role.until.isoformat()}" if role.until else ""
    place = f"{role.place.name} ({role.place.id})"
    return f"{role.role_id:>6}  {role.kind:<12} {place}  person {role.person_id}, since {role.since.isoformat()}{ends}"


def _open_code_line(code: RoleCode, settings: config.Config) -> str:
    expires = code.expires_at.astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M")
    return f"     -  {code.kind:<12} {code.place.name} ({code.place.id})  open code, works until {expires}"


def _parked_line(each: Parked, settings: config.Config) -> str:
    when = each.received_at.astimezone(settings.timezone).strftime("%d/%m/%Y %H:%M")
    return (
        f"{each.inbox_id}  reference {each.reference}  {each.channel}  person {each.person_id}  "
        f"{each.event_kind}  {when}  {each.error}"
    )


if __name__ == "__main__":
    sys.exit(main())
