import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_trail_of_amendments")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="186c3f595298467e7304e5ea9b1aa71b4dd06069",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_328e9",
                    table="meetings_amendmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "accepted", "rejected", "withdrawn"))),
                name="amendment_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="rejected_with_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_amendmentevent" ("answer", "id", "made", "member_id", "minutes_id", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (NEW."answer", NEW."id", NEW."made", NEW."member_id", NEW."minutes_id", NEW."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."state", NEW."text"); RETURN NULL;',
                    hash="e3e87d1a46c6d7aa068a9a542cfe23143c02d76f",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_eb34b",
                    table="meetings_amendment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_amendmentevent" ("answer", "id", "made", "member_id", "minutes_id", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (NEW."answer", NEW."id", NEW."made", NEW."member_id", NEW."minutes_id", NEW."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."state", NEW."text"); RETURN NULL;',
                    hash="7fd150d35ea2a656626996f6002662f6faa5ff23",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_e8519",
                    table="meetings_amendment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_amendmentevent" ("answer", "id", "made", "member_id", "minutes_id", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (OLD."answer", OLD."id", OLD."made", OLD."member_id", OLD."minutes_id", OLD."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."state", OLD."text"); RETURN NULL;',
                    hash="972d72a0d6b4be52c01bc9a2ae2151b0e0f12e3c",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_df6db",
                    table="meetings_amendment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["plan", "on"], name="meetings_se_plan_a1e41f_idx"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("called", "held", "cancelled"))), name="session_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancelled_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="cancelled_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends", None),
                    models.Q(("ends__gt", models.F("starts")), ("starts__isnull", False)),
                    _connector="OR",
                ),
                name="session_ends_after_it_starts",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_sessionevent" ("body_id", "cancelled_why", "changed", "convened_by", "ends", "identifier", "link", "next_session", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan", "sequence", "sources", "starts", "state", "title") VALUES (NEW."body_id", NEW."cancelled_why", NEW."changed", NEW."convened_by", NEW."ends", NEW."identifier", NEW."link", NEW."next_session", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."identifier", NEW."place", NEW."plan", NEW."sequence", NEW."sources", NEW."starts", NEW."state", NEW."title"); RETURN NULL;',
                    hash="a54364022efcae4f13085147cd69a5764e15fcec",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_2e83b",
                    table="meetings_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_sessionevent" ("body_id", "cancelled_why", "changed", "convened_by", "ends", "identifier", "link", "next_session", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan", "sequence", "sources", "starts", "state", "title") VALUES (NEW."body_id", NEW."cancelled_why", NEW."changed", NEW."convened_by", NEW."ends", NEW."identifier", NEW."link", NEW."next_session", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."identifier", NEW."place", NEW."plan", NEW."sequence", NEW."sources", NEW."starts", NEW."state", NEW."title"); RETURN NULL;',
                    hash="6a7012c9eb3c3dec87e913c5b8999cf54f6d4c7c",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_4a0c3",
                    table="meetings_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_sessionevent" ("body_id", "cancelled_why", "changed", "convened_by", "ends", "identifier", "link", "next_session", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan", "sequence", "sources", "starts", "state", "title") VALUES (OLD."body_id", OLD."cancelled_why", OLD."changed", OLD."convened_by", OLD."ends", OLD."identifier", OLD."link", OLD."next_session", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."identifier", OLD."place", OLD."plan", OLD."sequence", OLD."sources", OLD."starts", OLD."state", OLD."title"); RETURN NULL;',
                    hash="aa32ef26d8127e8f0bab6f170c02f74cc244e300",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_d066c",
                    table="meetings_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0261fc740e9804e459f575a847c077307a09b3fb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a00c6",
                    table="meetings_reportevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("session", "institution", "commitment", "milestone"), name="one_report_of_a_milestone"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_reportevent" ("commitment", "id", "institution", "milestone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said", "session_id") VALUES (NEW."commitment", NEW."id", NEW."institution", NEW."milestone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."said", NEW."session_id"); RETURN NULL;',
                    hash="8e09aea8703f5c9ffd87f165f568a1b23336cb1c",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_0bcf9",
                    table="meetings_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_reportevent" ("commitment", "id", "institution", "milestone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said", "session_id") VALUES (NEW."commitment", NEW."id", NEW."institution", NEW."milestone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."said", NEW."session_id"); RETURN NULL;',
                    hash="b21d172bf30d34c08fe59bb3cf95762e8ab554e7",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_cc9a8",
                    table="meetings_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_reportevent" ("commitment", "id", "institution", "milestone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said", "session_id") VALUES (OLD."commitment", OLD."id", OLD."institution", OLD."milestone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."said", OLD."session_id"); RETURN NULL;',
                    hash="cbe73d63222f742b412c98fe3eb5be90a007bcf8",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_c8608",
                    table="meetings_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minutesevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b701fcd3b8b35bc763085b9187ff2a1029e1c90a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_16281",
                    table="meetings_minutesevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "circulated", "approved"))), name="minutes_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved__isnull", False), ("sha256__regex", "^[0-9a-f]{64}$"), ("state", "approved")),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved", None), ("sha256", "")),
                    _connector="OR",
                ),
                name="approved_on_a_day_with_a_hash",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'approved')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f1b2fa4090fa96776245caaaea4ce3b7fc9a87af",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_approved_stay_506f1",
                    table="meetings_minutes",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_minutesevent" ("approved", "approved_in_id", "changed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "session_id", "sha256", "state", "text") VALUES (NEW."approved", NEW."approved_in_id", NEW."changed", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."record", NEW."session_id", NEW."sha256", NEW."state", NEW."text"); RETURN NULL;',
                    hash="0d515f742d6689971a84408e557f3ba72251beae",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_ba34d",
                    table="meetings_minutes",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_minutesevent" ("approved", "approved_in_id", "changed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "session_id", "sha256", "state", "text") VALUES (NEW."approved", NEW."approved_in_id", NEW."changed", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."record", NEW."session_id", NEW."sha256", NEW."state", NEW."text"); RETURN NULL;',
                    hash="3a38b6093400c81f7151d66cbfeb49ca4c8c04ae",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_93d73",
                    table="meetings_minutes",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_minutesevent" ("approved", "approved_in_id", "changed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "session_id", "sha256", "state", "text") VALUES (OLD."approved", OLD."approved_in_id", OLD."changed", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."record", OLD."session_id", OLD."sha256", OLD."state", OLD."text"); RETURN NULL;',
                    hash="a3309ed05536d7de05a61f1088ce0e4edbdd184c",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_40570",
                    table="meetings_minutes",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendanceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c4d0488822c783a9f4da7dadce2288f10bbaf0f8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ae376",
                    table="meetings_attendanceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("session", "member"), name="once_in_a_session"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("present", "excused", "absent"))), name="attendance_is_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_attendanceevent" ("id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "state") VALUES (NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."session_id", NEW."state"); RETURN NULL;',
                    hash="44536ec15f0ecf6fda43ff20dfcf6457edb75fd9",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_eb773",
                    table="meetings_attendance",
                    when="AFTER",
                ),
            ),
        ),
    ]
