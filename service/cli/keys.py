"""`bozheng keys`: API keys. A secret is shown once and only its hash is kept."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from service.cli.fail import refusals_on_stderr
from service.domain.account import Role

keys = typer.Typer(help="API keys: who may call, and as what.", no_args_is_help=True)


@keys.command()
@refusals_on_stderr
def revoke(
    tenant: Annotated[str, typer.Argument(help="tenant id")],
    key_id: Annotated[str, typer.Argument(help="the middle part of bozheng_<id>_<secret>")],
    data_dir: Annotated[Path | None, typer.Option(help="store of the service")] = None,
) -> None:
    """Make a key invalid for good."""
    from service.accounts.repository import revoke_key
    from service.domain.instants import utc_now
    from service.settings import Settings
    from service.storage.embedded import open_embedded

    with open_embedded(data_dir or Settings().data_dir) as storage:
        storage.database.write(lambda conn: revoke_key(conn, tenant, key_id, utc_now())).result()


@keys.command()
@refusals_on_stderr
def create(
    role: Annotated[Role, typer.Option(help="what the key may do")],
    label: Annotated[str, typer.Option(help="who will use it")],
    tenant: Annotated[str, typer.Option(help="tenant id; created if new")] = "default",
    home_platform: Annotated[
        list[str] | None,
        typer.Option(help="platform that counts as on-platform for this tenant (repeatable)"),
    ] = None,
    data_dir: Annotated[Path | None, typer.Option(help="store of the service")] = None,
) -> None:
    """Make a key and print it. The store belongs to one process: stop the service first."""
    from service.accounts.keys import issue_key
    from service.accounts.repository import list_tenants, put_tenant
    from service.domain.instants import utc_now
    from service.settings import Settings
    from service.storage.embedded import open_embedded

    def change(conn: Connection) -> str:
        known = {t.id: t for t in list_tenants(conn)}
        if tenant not in known or home_platform is not None:
            name = known[tenant].name if tenant in known else tenant
            put_tenant(conn, tenant, name, frozenset(home_platform or ()), utc_now())
        return issue_key(conn, tenant, role, label, utc_now()).secret

    with open_embedded(data_dir or Settings().data_dir) as storage:
        typer.echo(storage.database.write(change).result())
