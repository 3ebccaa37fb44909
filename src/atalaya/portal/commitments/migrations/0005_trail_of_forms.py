import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0004_forms")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_assessmentevent" ("as_of", "by_id", "changed", "document", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published", "term") VALUES (NEW."as_of", NEW."by_id", NEW."changed", NEW."document", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."plan_id", NEW."published", NEW."term"); RETURN NULL;',
                    hash="465f3f67226684461574ef16662691a55e597719",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_e4e90",
                    table="commitments_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_assessmentevent" ("as_of", "by_id", "changed", "document", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published", "term") VALUES (NEW."as_of", NEW."by_id", NEW."changed", NEW."document", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."plan_id", NEW."published", NEW."term"); RETURN NULL;',
                    hash="063dff0f61a3c57e345b191363ba0a7d4c0451b8",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_a7b3c",
                    table="commitments_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_assessmentevent" ("as_of", "by_id", "changed", "document", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published", "term") VALUES (OLD."as_of", OLD."by_id", OLD."changed", OLD."document", OLD."id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."plan_id", OLD."published", OLD."term"); RETURN NULL;',
                    hash="dcfdf94fa7b53a239a55fcf56ec027ddc1eb808d",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_88d14",
                    table="commitments_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="abac20cd329480986c87617ea507e596c9b1f171",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b3834",
                    table="commitments_assessmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_commentevent" ("commitment_id", "decided_by_id", "id", "level", "milestone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "state", "why") VALUES (NEW."commitment_id", NEW."decided_by_id", NEW."id", NEW."level", NEW."milestone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."reading_id", NEW."state", NEW."why"); RETURN NULL;',
                    hash="e5e4502c2a5196d0dc64b7b222b0d2aece71deb0",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_68b03",
                    table="commitments_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."commitment_id" IS DISTINCT FROM (NEW."commitment_id") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."milestone" IS DISTINCT FROM (NEW."milestone") OR OLD."reading_id" IS DISTINCT FROM (NEW."reading_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."why" IS DISTINCT FROM (NEW."why"))',
                    func='INSERT INTO "commitments_commentevent" ("commitment_id", "decided_by_id", "id", "level", "milestone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "state", "why") VALUES (NEW."commitment_id", NEW."decided_by_id", NEW."id", NEW."level", NEW."milestone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."reading_id", NEW."state", NEW."why"); RETURN NULL;',
                    hash="0e7ace70211c0a06d4238f08fef318462aac8849",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_a9930",
                    table="commitments_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_commentevent" ("commitment_id", "decided_by_id", "id", "level", "milestone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "state", "why") VALUES (OLD."commitment_id", OLD."decided_by_id", OLD."id", OLD."level", OLD."milestone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."reading_id", OLD."state", OLD."why"); RETURN NULL;',
                    hash="19de6210972ca19597886fdf13928684c0a0f0aa",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_2e7a1",
                    table="commitments_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="577e377c8ccd742b11f2b14783ee8473db4511e1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4fc59",
                    table="commitments_commentevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
