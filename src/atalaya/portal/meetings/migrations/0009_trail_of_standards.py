"""Schemas and templates that are agreed on, their versions and the comments of members."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_standards")]

    operations = [
        migrations.AddConstraint(
            model_name="standardversion",
            constraint=models.UniqueConstraint(
                fields=("standard", "number"), name="one_version_of_a_standard_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="standardversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "agreed")), fields=("standard",), name="one_version_is_agreed"
            ),
        ),
        migrations.AddConstraint(
            model_name="standardversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "consulted", "agreed", "replaced", "dropped"))),
                name="state_of_version_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="standardversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("agreed", "replaced")), _negated=True),
                    ("agreed_in__isnull", False),
                    _connector="OR",
                ),
                name="agreed_in_a_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="standardversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="dropped_with_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardversion",
            trigger=pgtrigger.compiler.Trigger(
                name="content_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."standard_id" IS DISTINCT FROM (NEW."standard_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."content" IS DISTINCT FROM (NEW."content"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2f4e76000ecb3059939884016177ac1a9b047902",
                    operation="UPDATE",
                    pgid="pgtrigger_content_stays_2acda",
                    table="meetings_standardversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardversion",
            trigger=pgtrigger.compiler.Trigger(
                name="versions_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="09bdc7116e08935a68f4d820377dad68dea92927",
                    operation="DELETE",
                    pgid="pgtrigger_versions_stay_9ffd3",
                    table="meetings_standardversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardversion",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_standardversionevent" ("agreed_in_id", "content", "id", "member_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "standard_id", "state", "summary", "why") VALUES (NEW."agreed_in_id", NEW."content", NEW."id", NEW."member_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."proposed", NEW."standard_id", NEW."state", NEW."summary", NEW."why"); RETURN NULL;',
                    hash="d61ab1e193af0516b56a3dfd01f85b1e2d2f8d73",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_2e3fb",
                    table="meetings_standardversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardversion",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_standardversionevent" ("agreed_in_id", "content", "id", "member_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "standard_id", "state", "summary", "why") VALUES (NEW."agreed_in_id", NEW."content", NEW."id", NEW."member_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."proposed", NEW."standard_id", NEW."state", NEW."summary", NEW."why"); RETURN NULL;',
                    hash="c938cf9a48e07128f0542385110fc4264ee4bcba",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_348db",
                    table="meetings_standardversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardversion",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_standardversionevent" ("agreed_in_id", "content", "id", "member_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "standard_id", "state", "summary", "why") VALUES (OLD."agreed_in_id", OLD."content", OLD."id", OLD."member_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."proposed", OLD."standard_id", OLD."state", OLD."summary", OLD."why"); RETURN NULL;',
                    hash="f76745b4258910b365c7a319d3f7d95ecedd1ded",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_2a690",
                    table="meetings_standardversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardcommentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f1b4eebcabc9660daba5fe5977ceaa52706d1399",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e5768",
                    table="meetings_standardcommentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardcomment",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_standardcommentevent" ("answer", "id", "member_id", "on", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version_id") VALUES (NEW."answer", NEW."id", NEW."member_id", NEW."on", NEW."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."text", NEW."version_id"); RETURN NULL;',
                    hash="b42081c327570aab7f60c728093c5104fd0483c5",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_5894d",
                    table="meetings_standardcomment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardcomment",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_standardcommentevent" ("answer", "id", "member_id", "on", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version_id") VALUES (NEW."answer", NEW."id", NEW."member_id", NEW."on", NEW."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."text", NEW."version_id"); RETURN NULL;',
                    hash="bc9b79686569c898409f84641ac162de368d7761",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_ebafa",
                    table="meetings_standardcomment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardcomment",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_standardcommentevent" ("answer", "id", "member_id", "on", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version_id") VALUES (OLD."answer", OLD."id", OLD."member_id", OLD."on", OLD."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."text", OLD."version_id"); RETURN NULL;',
                    hash="3a468314fce42880b371db90216c860452848180",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_8aa74",
                    table="meetings_standardcomment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardversionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dec0abeeca9b26de88ec749043d43c054477964e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_58d88",
                    table="meetings_standardversionevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
