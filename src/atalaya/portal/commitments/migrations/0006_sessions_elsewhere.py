"""Sessions have tables of their own in `meetings`. Their trail from before stays where it is, without the row that it spoke of."""

import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0005_trail_of_forms"), ("meetings", "0007_sessions_from_documents")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="session", name="added_insert"),
        pgtrigger.migrations.RemoveTrigger(model_name="session", name="changed_update"),
        pgtrigger.migrations.RemoveTrigger(model_name="session", name="removed_delete"),
        migrations.SeparateDatabaseAndState(  # the column is the same
            state_operations=[
                migrations.RemoveField(model_name="sessionevent", name="pgh_obj"),
                migrations.AddField(
                    model_name="sessionevent",
                    name="pgh_obj_id",
                    field=models.SlugField(max_length=100, default=""),
                    preserve_default=False,
                ),
            ]
        ),
        migrations.DeleteModel(name="Session"),
    ]
