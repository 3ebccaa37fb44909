"""The table of the cache that all processes share; lost in a crash of the server without harm, hence unlogged."""

from django.db import migrations


class Migration(migrations.Migration):
    """Make it as `createcachetable` would."""

    dependencies = [("accounts", "0003_trail_of_roles")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE accounts_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
            """,
            "DROP TABLE accounts_cache",
        )
    ]
