import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("responsible", models.CharField(blank=True, default="", max_length=200)),
                ("due", models.CharField(blank=True, default="", max_length=25)),
                ("commitment", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="meetings.agreement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgreementStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("text", models.TextField(blank=True, default="")),
                ("evidence", models.URLField(blank=True, default="", max_length=2000)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="meetings.agreement"
                    ),
                ),
            ],
            options={
                "ordering": ("agreement", "on", "id"),
            },
        ),
        migrations.CreateModel(
            name="AgreementStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("state", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("text", models.TextField(blank=True, default="")),
                ("evidence", models.URLField(blank=True, default="", max_length=2000)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="meetings.agreement",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="meetings.agreementstep",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AmendmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("passage", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.TextField()),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("answer", models.TextField(blank=True, default="")),
                ("made", models.DateTimeField(auto_now_add=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="meetings.amendment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("minutes", "id"),
            },
        ),
        migrations.CreateModel(
            name="ApprovalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="meetings.approval",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("state", models.CharField(max_length=10)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="meetings.attendance",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("identifier", models.SlugField(max_length=100, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("kind", models.CharField(default="other", max_length=30)),
                ("purpose", models.TextField(blank=True, default="")),
                ("legal_basis", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("plan", models.PositiveIntegerField(blank=True, null=True)),
                ("meets_every_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quorum", models.CharField(blank=True, default="", max_length=20)),
                ("quorum_count", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rules_url", models.URLField(blank=True, default="", max_length=2000)),
                ("secretariat_institution", models.CharField(blank=True, default="", max_length=200)),
                ("secretariat_organisation", models.CharField(blank=True, default="", max_length=200)),
                ("sources", models.JSONField(blank=True, default=list)),
                ("changed", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ("name", "identifier"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "technical_table",
                                    "users_committee",
                                    "innovators_table",
                                    "inter_institutional",
                                    "other",
                                ),
                            )
                        ),
                        name="kind_of_body_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quorum__in", ("", "more_than_half", "two_thirds", "all", "count"))),
                        name="quorum_rule_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quorum", "count"), _negated=True), ("quorum_count__gte", 1), _connector="OR"
                        ),
                        name="quorum_by_number_has_one",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_bodyevent" ("changed", "identifier", "kind", "legal_basis", "meets_every_months", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "purpose", "quorum", "quorum_count", "rules_url", "secretariat_institution", "secretariat_organisation", "sources") VALUES (NEW."changed", NEW."identifier", NEW."kind", NEW."legal_basis", NEW."meets_every_months", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."identifier", NEW."plan", NEW."purpose", NEW."quorum", NEW."quorum_count", NEW."rules_url", NEW."secretariat_institution", NEW."secretariat_organisation", NEW."sources"); RETURN NULL;',
                    hash="feb86f4dc76d25f6a0d2d1c430d37b2f08160b3d",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_05204",
                    table="meetings_body",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_bodyevent" ("changed", "identifier", "kind", "legal_basis", "meets_every_months", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "purpose", "quorum", "quorum_count", "rules_url", "secretariat_institution", "secretariat_organisation", "sources") VALUES (NEW."changed", NEW."identifier", NEW."kind", NEW."legal_basis", NEW."meets_every_months", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."identifier", NEW."plan", NEW."purpose", NEW."quorum", NEW."quorum_count", NEW."rules_url", NEW."secretariat_institution", NEW."secretariat_organisation", NEW."sources"); RETURN NULL;',
                    hash="5b585a8e7471749db9c0b56dbd2cb4c45359c8c9",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_c2b05",
                    table="meetings_body",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_bodyevent" ("changed", "identifier", "kind", "legal_basis", "meets_every_months", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "purpose", "quorum", "quorum_count", "rules_url", "secretariat_institution", "secretariat_organisation", "sources") VALUES (OLD."changed", OLD."identifier", OLD."kind", OLD."legal_basis", OLD."meets_every_months", OLD."name", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."identifier", OLD."plan", OLD."purpose", OLD."quorum", OLD."quorum_count", OLD."rules_url", OLD."secretariat_institution", OLD."secretariat_organisation", OLD."sources"); RETURN NULL;',
                    hash="f653ad8dbe4c83fa5809236a36fee274a755677f",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_b2774",
                    table="meetings_body",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="bodyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="meetings.body",
            ),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="meetings.correction",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.UniqueConstraint(fields=("duty", "on", "url"), name="fulfilled_once_by_one_document"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fulfilment",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_fulfilmentevent" ("duty", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "url") VALUES (NEW."duty", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."title", NEW."url"); RETURN NULL;',
                    hash="ffc4e4ab90b086cf2048da8a2e5273cc9e710cb5",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_21df1",
                    table="meetings_fulfilment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fulfilment",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_fulfilmentevent" ("duty", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "url") VALUES (NEW."duty", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."title", NEW."url"); RETURN NULL;',
                    hash="e2b38cd1e305601965a48dcce0b9cef271c60de1",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_9a499",
                    table="meetings_fulfilment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fulfilment",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_fulfilmentevent" ("duty", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "url") VALUES (OLD."duty", OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."title", OLD."url"); RETURN NULL;',
                    hash="8b81405367eeac8a69e2e990d9b815da63170420",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_a9e67",
                    table="meetings_fulfilment",
                    when="AFTER",
                ),
            ),
        ),
    ]
