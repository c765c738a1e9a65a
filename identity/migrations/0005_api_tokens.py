import django.contrib.postgres.fields
import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

# Judged by the statement, so that a token of a user who has just been deleted is refused
# where the writer can still say so; cascading, so that no deletion can miss a token that
# is made beside it.
KEY = """
ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_user
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
"""


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0004_passkeys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=64)),
                ('prefix', models.CharField(max_length=12)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('profile:read', 'the profile and the preferences'), ('sessions:read', 'sessions, entries, labels and history'), ('sessions:write', 'start, end, change and delete them'), ('garden:read', 'plants and species'), ('garden:write', 'plant, tend and remove plants'), ('stats:read', 'figures, days, goals and days off'), ('boards:read', 'the boards and public profiles')], max_length=16), size=None)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API token',
                'db_table': 'api_tokens',
                'indexes': [models.Index(models.F('user'), models.F('id'), name='api_tokens_owner'), models.Index(models.F('revoked_at'), condition=models.Q(('revoked_at__isnull', False)), name='api_tokens_revoked')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='api_tokens_name_seen'), models.CheckConstraint(condition=models.Q(('scopes__len__gt', 0), ('scopes__contained_by', ['boards:read', 'garden:read', 'garden:write', 'profile:read', 'sessions:read', 'sessions:write', 'stats:read'])), name='api_tokens_scopes_known'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='api_tokens_expires_later')],
            },
        ),
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
    ]
