import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_trail_of_bodies")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="agreementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="steps_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="44fb2acb2389d6985af7021d541546a70f250d1e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_steps_stay_5c555",
                    table="meetings_agreementstep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_agreementstepevent" ("agreement_id", "evidence", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (NEW."agreement_id", NEW."evidence", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."state", NEW."text"); RETURN NULL;',
                    hash="6cc546be88643069fdf91c4818fca9ed57ad3851",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_6bcae",
                    table="meetings_agreementstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_agreementstepevent" ("agreement_id", "evidence", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (NEW."agreement_id", NEW."evidence", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."state", NEW."text"); RETURN NULL;',
                    hash="2ebc3b42c21643b1e22e09a9ef7d26fe8ef4d00d",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_92f2d",
                    table="meetings_agreementstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_agreementstepevent" ("agreement_id", "evidence", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (OLD."agreement_id", OLD."evidence", OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."state", OLD."text"); RETURN NULL;',
                    hash="5f2889a69fc255230e1cf8516143b3d8b7a1d456",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_417b1",
                    table="meetings_agreementstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementstepevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5fbe35bbe418ed70af0e6d00f3df5b3be3880a6a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3af33",
                    table="meetings_agreementstepevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bodyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5482a46e6fba1a67897f883d805f7cb3e4d966f8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c0bdb",
                    table="meetings_bodyevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fulfilmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4a5c1302f301df4b64a8e4890b3150734eb1c52b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0f810",
                    table="meetings_fulfilmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sector__in", ("government", "civil_society", "academia", "private", "international", "other"))
                ),
                name="sector_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("seat__in", ("member", "observer"))), name="seat_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended__in", ("", "withdrew", "term_ended", "replaced", "removed"))),
                name="end_of_a_term_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="seat_has_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", ""), ("until", None)),
                    models.Q(("until__isnull", False), models.Q(("ended", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ended_on_a_day_and_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("body", "name"), name="one_open_seat_in_a_body"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_memberevent" ("body_id", "ended", "id", "institution", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "reason", "seat", "sector", "since", "source", "until") VALUES (NEW."body_id", NEW."ended", NEW."id", NEW."institution", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."post", NEW."reason", NEW."seat", NEW."sector", NEW."since", NEW."source", NEW."until"); RETURN NULL;',
                    hash="7f20ad17d0a74c1c9cd71f94ea42f11ded981b06",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_492c5",
                    table="meetings_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_memberevent" ("body_id", "ended", "id", "institution", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "reason", "seat", "sector", "since", "source", "until") VALUES (NEW."body_id", NEW."ended", NEW."id", NEW."institution", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."post", NEW."reason", NEW."seat", NEW."sector", NEW."since", NEW."source", NEW."until"); RETURN NULL;',
                    hash="3f6ed2160ee135d3a1afa11ceca046cf61eb9a1d",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_53bed",
                    table="meetings_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_memberevent" ("body_id", "ended", "id", "institution", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "reason", "seat", "sector", "since", "source", "until") VALUES (OLD."body_id", OLD."ended", OLD."id", OLD."institution", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."post", OLD."reason", OLD."seat", OLD."sector", OLD."since", OLD."source", OLD."until"); RETURN NULL;',
                    hash="5a2f06f12989f502b52a46442722b31852a91d68",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_3fc17",
                    table="meetings_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="memberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="10cedb92137870b238c523e880dd14e1b3dc55aa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_427b8",
                    table="meetings_memberevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="831be5e7c76877d8d706506ac01d3af66355536b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cb563",
                    table="meetings_correctionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="corrections_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b7eb59ca4adff19613b20840de3510b41af8abcf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_corrections_stay_34587",
                    table="meetings_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_correctionevent" ("id", "minutes_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "why") VALUES (NEW."id", NEW."minutes_id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."text", NEW."why"); RETURN NULL;',
                    hash="3fe8f3cc7e55939089a1a5d5ef957f9855540259",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_ca46f",
                    table="meetings_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_correctionevent" ("id", "minutes_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "why") VALUES (NEW."id", NEW."minutes_id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."text", NEW."why"); RETURN NULL;',
                    hash="0bb6693fad8c7a869d9ed5117485e4054922451b",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_4f848",
                    table="meetings_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_correctionevent" ("id", "minutes_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "why") VALUES (OLD."id", OLD."minutes_id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."text", OLD."why"); RETURN NULL;',
                    hash="5a27746c50940a17689bf8ee815bd82cea3ef888",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_a474f",
                    table="meetings_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="303511904684988e6125d065c68aaa3d563f3ab9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_58ae7",
                    table="meetings_approvalevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("minutes", "member"), name="a_member_approves_once"),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("minutes", "by"), name="an_account_approves_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_approvalevent" ("by_id", "id", "member_id", "minutes_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."by_id", NEW."id", NEW."member_id", NEW."minutes_id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id"); RETURN NULL;',
                    hash="e07b1c8de0e9a795087717decb426ce576884133",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_a84ca",
                    table="meetings_approval",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_approvalevent" ("by_id", "id", "member_id", "minutes_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."by_id", NEW."id", NEW."member_id", NEW."minutes_id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id"); RETURN NULL;',
                    hash="737f0ee2d9f7cfb3b952bef282e7928e27856725",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_29d4e",
                    table="meetings_approval",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_approvalevent" ("by_id", "id", "member_id", "minutes_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."by_id", OLD."id", OLD."member_id", OLD."minutes_id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id"); RETURN NULL;',
                    hash="c6e94e8ae3806cb212efcc7605e7b427b405b0c9",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_85add",
                    table="meetings_approval",
                    when="AFTER",
                ),
            ),
        ),
    ]
